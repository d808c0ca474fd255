import type { World } from './world.js';
import { writeStorageEvent } from './job-events.js';
import { StorageFailure } from '../storage/storage-failure.js';
import type { StorageJob } from '../storage/storage-job.js';

/** Puts a job into Storage's queue. If both of its durations are zero, it ends before the call is answered. */
export function submitStorageJob(world: World, job: StorageJob): void {
  const { settings, storage } = world;
  storage.jobs.add(job, settings.jobsMax);
  world.tally.storageJobWritten(job);
  if (job.isGhost) return;
  const next = (): void => {
    // Storage runs only one job at a time on a table.
    if (storage.jobs.joins(job)) start(world, job);
  };
  after(world, settings.storageQueueSeconds, next);
}

function start(world: World, job: StorageJob): void {
  job.status = 'processing';
  job.startedAtMs = world.nowMs;
  after(world, job.seconds ?? world.settings.storageJobSeconds, () => end(world, job));
}

/** The whole operation happens here, in one instant: nobody ever sees half of it. */
function end(world: World, job: StorageJob): void {
  try {
    job.effect = job.act?.();
    job.status = 'success';
  } catch (error) {
    job.status = 'error';
    job.error = failureOf(error);
    if (error instanceof StorageFailure && error.results !== undefined) job.effect = { results: error.results };
  }
  job.act = undefined;
  job.endedAtMs = world.nowMs;
  writeStorageEvent(world, job);
  const next = world.storage.jobs.leaves(job);
  if (next !== undefined) world.schedule(0, { kind: 'effect', happen: () => start(world, next) });
}

function failureOf(error: unknown): { code: string; message: string } {
  if (error instanceof StorageFailure) return { code: error.code, message: error.message };
  return { code: 'sandbox.error', message: `Sandbox: ${error instanceof Error ? error.message : String(error)}` };
}

function after(world: World, seconds: number, happen: () => void): void {
  if (seconds === 0) happen();
  else world.schedule(seconds, { kind: 'effect', happen });
}
