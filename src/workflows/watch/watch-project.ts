import { continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import { watchSignal } from '../../job/messages.js';
import type { WatchRequest } from '../../job/watch/watch-request.js';
import { watchJobs } from './activities.js';

/** As many events as some hours bring: who has a job in the project says so now and then. */
const HISTORY_EVENTS_MAX = 1_000;

/**
 * Watches a project of Keboola for the ends of all jobs that workflows of this task queue wait for, and nudges them. Closes
 * when nothing is left to be watched and nobody has asked meanwhile.
 */
export async function watchProject(request: WatchRequest): Promise<void> {
  let asked = 0;
  setHandler(watchSignal, () => {
    asked += 1;
  });
  let state = request.state;
  // Bounded by the jobs in flight; a history that grows is left behind.
  for (;;) {
    const before = asked;
    ({ state } = await watchJobs({ ...request, ...(state && { state }) }));
    if (state === undefined && asked === before) return;
    if (workflowInfo().historyLength > HISTORY_EVENTS_MAX) {
      await continueAsNew<typeof watchProject>({ ...request, ...(state && { state }) });
    }
  }
}
