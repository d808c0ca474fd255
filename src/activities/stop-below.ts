import { isBelow } from '../job/run-id.js';
import type { SweepAnswer } from '../job/run-plan.js';
import { finality } from '../job/status.js';
import type { ActivityDeps } from './deps.js';
import { toNoAnswer } from './failures.js';
import { killJob, type JobRef } from './kill-job.js';

/** A tree of this many jobs is looked through at a time; what is stopped leaves room for the rest. */
const JOBS_MAX = 1_000;
const KILLS_AT_ONCE_MAX = 20;

export interface SweepOrder extends JobRef {
  /** The run ids that the job has had; its children lie below them. */
  runIds: readonly string[];
}

/**
 * Asks Keboola to stop every job below a job, once. Whether all have stopped shows the next round.
 *
 * One answer has to show both the job itself and its children: an index that is ill answers an empty list.
 */
export async function stopBelow(deps: ActivityDeps, { connection, jobId, runIds }: SweepOrder): Promise<SweepAnswer> {
  // A job without a run id has no children that anybody could find.
  if (runIds.length === 0) return { kind: 'swept', open: 0, healthy: true };
  try {
    const jobs = await deps.connections.get(connection).jobs();
    const found = await jobs.list({ inRuns: runIds, limit: JOBS_MAX });
    const open = found.filter(
      (job) =>
        job.jobId !== jobId &&
        runIds.some((runId) => isBelow(job.runId, runId)) &&
        finality(job.status, job.isFinished) === 'unfinished',
    );
    const asked = open.filter(({ status }) => status !== 'terminating').slice(0, KILLS_AT_ONCE_MAX);
    await Promise.all(asked.map((job) => killJob(deps, { connection, jobId: job.jobId })));
    return { kind: 'swept', open: open.length, healthy: found.some((job) => job.jobId === jobId) };
  } catch (error) {
    return toNoAnswer(error);
  }
}
