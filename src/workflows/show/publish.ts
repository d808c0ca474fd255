import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { detailsMarkdown } from '../../job/describe.js';
import type { LifeState } from '../../job/life-state.js';
import {
  changedAttributes,
  hasRoomBeside,
  mayWrite,
  SEARCH_ATTRIBUTES,
  searchAttributesOf,
  type SearchAttributeName,
  type SearchAttributeValues,
} from '../../job/search-attributes.js';

const keys = Object.fromEntries(
  SEARCH_ATTRIBUTES.map((name) => [name, defineSearchAttributeKey(name, SearchAttributeType.KEYWORD)]),
) as Record<SearchAttributeName, ReturnType<typeof defineSearchAttributeKey<typeof SearchAttributeType.KEYWORD>>>;

/** When to write the search attributes. If a read is near, they wait for it, and one event shows both changes. */
export type Showing = 'now' | 'with-the-next-read';

/**
 * Shows the state where operators look: in the current details, which cost no event, and in the search attributes,
 * which cost one event per call.
 *
 * @returns what the search attributes hold now.
 */
export function publish(
  { plan, snapshot, statusesSeen, published, searchAttributes, storage }: LifeState,
  nowMs: number,
  showing: Showing = 'now',
): SearchAttributeValues {
  setCurrentDetails(detailsMarkdown(plan, snapshot, statusesSeen, storage));
  if (showing !== 'now' || !plan || !snapshot.job || !mayWrite(searchAttributes, nowMs)) return published;
  const changed = changedAttributes(published, searchAttributesOf(plan, snapshot.job));
  // The run id comes with the first read; it waits for the next change of status, to cost no event of its own.
  if (changed.KeboolaStatus === undefined || !hasRoomBeside(attributesNow())) return published;
  upsertSearchAttributes(
    (Object.keys(changed) as SearchAttributeName[]).map((name) => ({ key: keys[name], value: changed[name] ?? null })),
  );
  return { ...published, ...changed };
}

/** Whether a change of status is hidden only because the answer that allowed writing it has grown old. */
export function waitsToBeShown({ plan, snapshot, published, searchAttributes }: LifeState, nowMs: number): boolean {
  if (!plan || !snapshot.job || !searchAttributes?.ready || mayWrite(searchAttributes, nowMs)) return false;
  return searchAttributesOf(plan, snapshot.job).KeboolaStatus !== published.KeboolaStatus;
}

function attributesNow(): Record<string, unknown> {
  const pairs = workflowInfo().typedSearchAttributes.getAll();
  return Object.fromEntries(pairs.map(({ key, value }) => [key.name, value]));
}
