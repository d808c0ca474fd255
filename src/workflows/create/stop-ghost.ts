import { CancellationScope } from '@temporalio/workflow';
import type { JobResult } from '../../job/result.js';
import { mayRecreate } from './create-once.js';
import { failure } from '../failures.js';
import { outcomeOfStop, resultOrFailure, wasStopped } from '../job-result.js';
import { settle } from '../settle.js';
import type { JobLife } from '../job-life.js';
import { tellCreation } from '../show/tell-metrics.js';
import { stopJob } from '../stop/stop-job.js';

/**
 * Stops a job that was written and never queued, so that it cannot start one day. Where it has come to an end of its
 * own meanwhile, it was no ghost and its end counts.
 *
 * @returns undefined when another job may be created in its place.
 * @throws ApplicationFailure `CreateAmbiguous` where the author does not allow that.
 */
export async function stopGhost(life: JobLife): Promise<JobResult | undefined> {
  const end = await CancellationScope.nonCancellable(() => stopJob(life));
  if (life.cancelled) settle(life, end, outcomeOfStop(end));
  await life.rethrowCancellation();
  if (!wasStopped(end)) return resultOrFailure(life, end, 'finished');
  if (end.status === 'cancelled' && mayRecreate(life)) {
    tellCreation('recreated');
    life.jobForgotten();
    return undefined;
  }
  const how = end.status === 'cancelled' ? 'It has not run' : 'It had just begun to run';
  const message = `Job ${end.jobId} was created, but for 15 minutes nothing took it up, so it was stopped. ${how}.`;
  throw failure('CreateAmbiguous', `${message} Start it again, or allow that with onAmbiguousCreate "recreate".`, {
    runId: end.runId,
    jobId: end.jobId,
  });
}
