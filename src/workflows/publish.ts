import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { detailsMarkdown } from '../job/describe.js';
import type { LifeState } from '../job/life-state.js';
import {
  changedAttributes,
  SEARCH_ATTRIBUTES,
  searchAttributesOf,
  type SearchAttributeName,
  type SearchAttributeValues,
} from '../job/search-attributes.js';

const keys = Object.fromEntries(
  SEARCH_ATTRIBUTES.map((name) => [name, defineSearchAttributeKey(name, SearchAttributeType.KEYWORD)]),
) as Record<SearchAttributeName, ReturnType<typeof defineSearchAttributeKey<typeof SearchAttributeType.KEYWORD>>>;

/**
 * Shows the state where operators look: in the current details, which cost no event, and in the search attributes, which
 * cost one event per call. @returns what the search attributes hold now.
 */
export function publish({ plan, snapshot, sightings, published }: LifeState): SearchAttributeValues {
  setCurrentDetails(detailsMarkdown(plan, snapshot, sightings));
  if (!plan?.searchAttributes || !snapshot.job) return published;
  const changed = changedAttributes(published, searchAttributesOf(plan, snapshot.job));
  // The run id comes with the first read; it waits for the next change of status instead of costing an event of its own.
  if (changed.KeboolaStatus === undefined) return published;
  upsertSearchAttributes(
    (Object.keys(changed) as SearchAttributeName[]).map((name) => ({ key: keys[name], value: changed[name] ?? null })),
  );
  return { ...published, ...changed };
}
