import type { JobView } from '../../job/job-view.js';
import { isBelow, nestingLevel } from '../../job/run-id.js';
import type { StopDescendantsAnswer, StopDescendantsRequest } from '../../job/remote-steps.js';
import { mayBeOver } from '../../job/wait/status.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { toNoAnswer } from '../failures.js';
import { killJob } from './kill-job.js';

/** How many running jobs a round looks at; there may be any number of ended ones. */
const OPEN_MAX = 300;
const KILLS_AT_ONCE_MAX = 20;

/**
 * Asks Keboola once to stop every job below a job. The next round shows whether all have stopped.
 *
 * A single answer must show both the job itself as ended and the jobs that run below it. A broken index answers an
 * empty list, and an index that still shows the job as running lags behind, so it may lack children. The job is older
 * than its descendants, so it shows once few enough of them are left.
 */
export async function stopDescendants(
  deps: ActivityDeps,
  { runIds, ...ref }: StopDescendantsRequest,
): Promise<StopDescendantsAnswer> {
  // Nobody could find the children of a job without a run id.
  if (runIds.length === 0) return { kind: 'asked', open: 0, healthy: true };
  try {
    // The marks describe this job alone, not its descendants.
    const { jobId, marks: _marks, ...place } = ref;
    const keboola = await (await keboolaOf(deps, place)).jobs();
    const { jobs, isWhole } = await keboola.list({ openIn: { runIds, jobId }, limit: OPEN_MAX });
    const open = jobs.filter((job) => job.jobId !== jobId && isOpenBelow(job, runIds));
    const unasked = open.filter(({ status }) => status !== 'terminating').sort(byLevel);
    await Promise.all(unasked.slice(0, KILLS_AT_ONCE_MAX).map((job) => killJob(deps, { ...place, jobId: job.jobId })));
    return {
      kind: 'asked',
      open: open.length,
      // If the list is cut off, jobs that it does not show may be running.
      healthy: jobs.some((job) => job.jobId === jobId && mayBeOver(job)) && (isWhole || open.length > 0),
      ...((!isWhole || unasked.length > KILLS_AT_ONCE_MAX) && { more: true }),
    };
  } catch (error) {
    return toNoAnswer(error);
  }
}

function isOpenBelow(job: JobView, runIds: readonly string[]): boolean {
  return !mayBeOver(job) && runIds.some((above) => isBelow(job.runId, above));
}

/** Parents first: a running job spawns others, and Keboola may stop those together with it. */
function byLevel(a: JobView, b: JobView): number {
  return nestingLevel(a.runId) - nestingLevel(b.runId);
}
