import { activityInfo } from '@temporalio/activity';
import type { CreateOrigin } from '../../job/create/creation.js';

/** What a step of a creation answers if a search must come before it. */
export const SEARCH_FIRST = {
  kind: 'search-first',
  message: 'this job may have been requested before, so it may already exist',
} as const;

/**
 * Whether a run before a reset may have sent this workflow's creations, and no search in this run has shown that no job
 * came of any of them. A workflow that was reset orders the creation again under another run id.
 */
export function isFromReset({ originalRunId, searchedInRun, wasReset }: CreateOrigin): boolean {
  const runId = activityInfo().workflowExecution?.runId;
  return (wasReset || runId !== originalRunId) && runId !== searchedInRun;
}
