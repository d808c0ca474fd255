import type { JobView } from '../../job/job-view.js';
import { isBelow, nestingLevel } from '../../job/run-id.js';
import type { StopDescendantsAnswer, StopDescendantsRequest } from '../../job/remote-steps.js';
import { mayBeOver } from '../../job/wait/status.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { toNoAnswer } from '../failures.js';
import { killJob } from './kill-job.js';

/** So many that run are looked at in a round; of those that have ended there may be any number. */
const OPEN_MAX = 300;
const KILLS_AT_ONCE_MAX = 20;

/**
 * Asks Keboola to stop every job below a job, once. Whether all have stopped shows the next round.
 *
 * One answer has to show both the job itself, as one that has ended, and what runs below it: an index that is ill answers an
 * empty list, and one that still shows the job at work has not come so far, so that it may lack children. The job is the
 * oldest of them, so it shows once few enough are left.
 */
export async function stopDescendants(
  deps: ActivityDeps,
  { runIds, ...ref }: StopDescendantsRequest,
): Promise<StopDescendantsAnswer> {
  // A job without a run id has no children that anybody could find.
  if (runIds.length === 0) return { kind: 'asked', open: 0, healthy: true };
  try {
    // Its marks are those of the job alone.
    const { jobId, marks: _marks, ...place } = ref;
    const keboola = await (await keboolaOf(deps, place)).jobs();
    const { jobs, isWhole } = await keboola.list({ openIn: { runIds, jobId }, limit: OPEN_MAX });
    const open = jobs.filter((job) => job.jobId !== jobId && isOpenBelow(job, runIds));
    const unasked = open.filter(({ status }) => status !== 'terminating').sort(byLevel);
    await Promise.all(unasked.slice(0, KILLS_AT_ONCE_MAX).map((job) => killJob(deps, { ...place, jobId: job.jobId })));
    return {
      kind: 'asked',
      open: open.length,
      // Where it is cut off, what it does not show may run.
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

/** One that runs spawns others, and Keboola may stop those with it: so it comes before them. */
function byLevel(a: JobView, b: JobView): number {
  return nestingLevel(a.runId) - nestingLevel(b.runId);
}
