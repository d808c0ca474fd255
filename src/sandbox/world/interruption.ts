import type { Job } from './job-record.js';
import { exceptionId } from './outcome.js';
import { parentRunId } from './run-id.js';
import { attemptEnding } from './run-times.js';
import { stopRun } from './stop-run.js';
import { dispatch } from './admission/workers.js';
import type { World } from './world.js';

/**
 * A maintenance: the job goes back to waiting, though with an end time, and its message goes back into the queue
 * (keboola/syrup Command/JobCommand.php, MaintenanceException).
 */
export function bounce(world: World, job: Job): void {
  if (job.facts.status !== 'processing') return;
  job.bounces += 1;
  if (job.facts.queue !== undefined) {
    fallBack(world, job);
    return;
  }
  world.write(job, { status: 'waiting', result: {}, ...attemptEnding(world, job) });
  requeue(world, job, world.settings.lockRetryDelaySeconds);
}

/**
 * The machine is lost: the job stays processing, though with an end time, until another worker executes it from scratch
 * (keboola/syrup Command/JobCommand.php, InitializationException). So one JobId may have several RunIds.
 */
export function rerun(world: World, job: Job): void {
  if (job.facts.status !== 'processing') return;
  job.reruns += 1;
  if (job.facts.queue !== undefined) {
    fallBack(world, job);
    return;
  }
  const result = { message: 'The machine is shutting down.', exceptionId: exceptionId(job) };
  world.write(job, { status: 'processing', result, ...attemptEnding(world, job) });
  if (job.script.rerunWithNewRunId === true) giveRunId(world, job);
  requeue(world, job, world.settings.pickUpDelaySeconds);
}

/** Queue v2 has one way back, from processing to created, after a hardware failure. */
function fallBack(world: World, job: Job): void {
  world.write(job, { status: 'created', result: {} });
  requeue(world, job, world.settings.queueDaemonSeconds);
}

function giveRunId(world: World, job: Job): void {
  const prefix = parentRunId(job.facts.runId);
  const ticket = world.tickets.take();
  world.write(job, { runId: prefix === '' ? ticket : `${prefix}.${ticket}` });
  world.tally.runIdGiven(job);
}

function requeue(world: World, job: Job, afterSeconds: number): void {
  stopRun(world, job);
  world.schedule(afterSeconds, { kind: 'message', jobId: job.facts.id });
  dispatch(world);
}
