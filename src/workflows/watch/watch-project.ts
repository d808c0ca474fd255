import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import { watchGuard } from '../../job/carried/watch-guard.js';
import type { WatchRequest } from '../../job/watch/watch-request.js';
import { failure } from '../failures.js';
import { checkStartTerms } from '../prepare/start-terms.js';
import { watchJobs } from './activities.js';

/** As many events as a few days bring. */
const HISTORY_EVENTS_MAX = 1_000;

/**
 * Watches a project of Keboola for the ends of all jobs that workflows of this task queue wait for, and nudges those
 * workflows. Closes when nothing is left to watch; the next job starts it again.
 *
 * @throws ApplicationFailure `InvalidInput`, also for a cron: workers start this workflow, but anybody else may.
 */
export async function watchProject(request: WatchRequest): Promise<void> {
  checkStartTerms();
  const problem = watchGuard(request, '');
  if (problem !== undefined)
    throw failure('InvalidInput', `The input does not describe a project to watch: ${problem}`);
  let state = request.state;
  // Bounded by the jobs in flight; a history that has grown long is left by continue-as-new.
  for (;;) {
    ({ state } = await watchJobs({ ...request, ...(state && { state }) }));
    if (state === undefined) return;
    if (workflowInfo().historyLength > HISTORY_EVENTS_MAX)
      await continueAsNew<typeof watchProject>({ ...request, state });
  }
}
