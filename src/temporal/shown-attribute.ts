import type { WorkflowExecutionInfo } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { SearchAttributeName } from '../job/search-attributes.js';

/**
 * What Temporal shows of a workflow in one of our search attributes.
 *
 * @returns undefined also if the namespace has no such attribute.
 */
export function shownAttribute(
  { typedSearchAttributes }: Pick<WorkflowExecutionInfo, 'typedSearchAttributes'>,
  name: SearchAttributeName,
): string | undefined {
  return typedSearchAttributes.get(defineSearchAttributeKey(name, SearchAttributeType.KEYWORD)) ?? undefined;
}
