import { pidOf } from './create-job.js';
import { isFinished } from './job-record.js';
import type { Job, JobFacts, JobStatus } from './job-record.js';
import { outcomeOf } from './outcome.js';
import type { World } from './world.js';

const DURATION_SECONDS_DEFAULT = 3;
const NO_OUTCOME = { endedAtMs: null, durationSeconds: null, result: {} } as const;

/** A worker takes the job from the queue and starts it, unless somebody cancelled it meanwhile. */
export function pickUp(world: World, job: Job): void {
  if (job.facts.status !== 'waiting') return;
  const { children = [], durationSeconds = DURATION_SECONDS_DEFAULT } = job.script;
  const { id } = job.facts;
  job.attempt += 1;
  job.ownWorkDone = false;
  job.childrenOpen = children.length;
  job.childrenFailed = 0;
  world.write(job, {
    status: 'processing',
    startedAtMs: world.nowMs,
    ...NO_OUTCOME,
    process: { host: 'sandbox-syrup-WORKER-1', pid: pidOf(id + job.attempt * 7) },
  });
  children.forEach(({ afterSeconds = 0 }, child) => {
    world.schedule(afterSeconds, { kind: 'spawn', jobId: id, attempt: job.attempt, child });
  });
  world.schedule(durationSeconds, { kind: 'workDone', jobId: id, attempt: job.attempt });
}

export function ownWorkDone(world: World, job: Job): void {
  job.ownWorkDone = true;
  finishIfDone(world, job);
}

/** A parent learns that one of its children is over. */
export function childEnded(world: World, parent: Job, status: JobStatus): void {
  parent.childrenOpen -= 1;
  if (status !== 'success') parent.childrenFailed += 1;
  finishIfDone(world, parent);
}

/** The cleanup on the worker's host is through: the end of a kill. */
export function terminate(world: World, job: Job): void {
  if (job.facts.status !== 'terminating') return;
  end(world, job, { status: 'terminated', result: { message: 'Job has been terminated' }, ...ending(world, job) });
}

/** A kill that came before any worker: the job never runs, so it has neither start nor end. */
export function cancel(world: World, job: Job, terminatedBy: JobFacts['terminatedBy']): void {
  end(world, job, { status: 'cancelled', terminatedBy });
}

function finishIfDone(world: World, job: Job): void {
  if (job.facts.status !== 'processing' || !job.ownWorkDone || job.childrenOpen > 0) return;
  const { startedAtMs, createdAtMs } = job.facts;
  end(world, job, {
    ...outcomeOf(job),
    ...ending(world, job),
    waitSeconds: startedAtMs === null ? null : wholeSeconds(createdAtMs, startedAtMs),
    usage: [],
  });
}

function ending(world: World, { facts }: Job): Pick<JobFacts, 'endedAtMs' | 'durationSeconds'> {
  const { startedAtMs } = facts;
  const durationSeconds = startedAtMs === null ? null : wholeSeconds(startedAtMs, world.nowMs);
  return { endedAtMs: world.nowMs, durationSeconds };
}

function end(world: World, job: Job, changes: Partial<JobFacts> & { status: JobStatus }): void {
  world.write(job, changes);
  const parent = job.parentId === undefined ? undefined : world.jobs.get(job.parentId);
  if (parent !== undefined && !isFinished(parent.facts.status)) childEnded(world, parent, changes.status);
}

/** PHP's clock has whole seconds, so a difference is one of truncated times. */
function wholeSeconds(fromMs: number, toMs: number): number {
  return Math.floor(toMs / 1000) - Math.floor(fromMs / 1000);
}
