import { copyTable } from '../storage/copy-table.js';
import { announceEnd } from './notification/announce-end.js';
import { writeEndEvent } from './job-events.js';
import { StorageFailure } from '../storage/storage-failure.js';
import type { Job, JobFacts, JobStatus } from './job-record.js';
import { isFinished } from './job-record.js';
import { outcomeOf, timeoutOutcome, userFailure } from './outcome.js';
import { attemptEnding, ending } from './run-times.js';
import { stopRun } from './stop-run.js';
import { dispatch } from './admission/workers.js';
import type { World } from './world.js';

/** The component has done its own work; children may still run. */
export function ownWorkDone(world: World, job: Job): void {
  job.ownWorkDone = true;
  finishIfDone(world, job);
}

/** A parent learns that one of its children has ended. */
export function childEnded(world: World, parent: Job, status: JobStatus): void {
  parent.childrenOpen -= 1;
  if (status !== 'success') parent.childrenFailed += 1;
  finishIfDone(world, parent);
}

/** The component exceeded its time limit: a user error, says keboola/docker-bundle Docker/Container.php. */
export function timeOut(world: World, job: Job): void {
  if (job.facts.status !== 'processing') return;
  end(world, job, { ...timeoutOutcome(job), ...attemptEnding(world, job), usage: [] });
}

/** Ends a container or a flow as the jobs below it did. */
export function finishAs(world: World, job: Job, outcome: Pick<JobFacts, 'status' | 'error' | 'result'>): void {
  if (job.facts.status !== 'processing') return;
  end(world, job, { ...outcome, ...attemptEnding(world, job), usage: [] });
}

/** Ends a job as it would end without a kill. */
export function finish(world: World, job: Job, changes: Partial<JobFacts> = {}): void {
  end(world, job, { ...outcomeWithTables(world, job), ...attemptEnding(world, job), usage: [], ...changes });
}

/** A job writes its tables at its end; a table that cannot be written is a user error. */
function outcomeWithTables(world: World, job: Job): ReturnType<typeof outcomeOf> {
  const outcome = outcomeOf(job);
  if (outcome.status !== 'success') return outcome;
  try {
    for (const ids of job.script.copies ?? []) copyTable(world.storage, job.facts.project, ids, world.nowMs);
    return outcome;
  } catch (error) {
    if (!(error instanceof StorageFailure)) throw error;
    return userFailure(job, error.message);
  }
}

/** The cleanup on the worker's host is done. It overwrites whatever end the document has. */
export function terminate(world: World, job: Job): void {
  end(world, job, { status: 'terminated', result: { message: 'Job has been terminated' }, ...ending(world, job) });
}

/** A kill that came before any worker: the job never runs, so it has neither a start nor an end time. */
export function cancel(world: World, job: Job, terminatedBy: JobFacts['terminatedBy']): void {
  end(world, job, { status: 'cancelled', terminatedBy });
}

function finishIfDone(world: World, job: Job): void {
  const isDone = job.ownWorkDone && job.childrenOpen <= 0;
  if (job.isExecuting && job.facts.status === 'processing' && isDone) finish(world, job);
}

function end(world: World, job: Job, changes: Partial<JobFacts> & { status: JobStatus }): void {
  world.write(job, changes);
  writeEndEvent(world, job);
  announceEnd(world, job);
  stopRun(world, job);
  report(world, job);
  const { flipAfterSeconds } = job.script;
  const isOwnEnd = changes.status !== 'cancelled' && changes.status !== 'terminated';
  if (isOwnEnd && flipAfterSeconds !== undefined) {
    world.schedule(flipAfterSeconds, { kind: 'flip', jobId: job.facts.id });
  }
  dispatch(world);
}

/** Tells the parent of a job's end, once: a status that changes afterwards is not reported. */
function report(world: World, job: Job): void {
  const parent = job.parent === undefined ? undefined : world.jobs.get(job.parent.id);
  if (job.isReported || parent === undefined) return;
  job.isReported = true;
  const isWaiting = parent.isExecuting && parent.attempt === job.parent?.attempt;
  if (!isWaiting || isFinished(parent.facts.status)) return;
  if (parent.conductor === undefined) childEnded(world, parent, job.facts.status);
  else parent.conductor.childEnded(parent, job);
}
