import { writeJob } from '../world/create-job.js';
import type { Job } from '../world/job-record.js';
import type { Call } from './call.js';

/** Writes and queues the job that a call asks for, unless a mishap interferes. */
export function writeDraft({ simulation, mishap }: Call, job: Job): Job {
  const { world } = simulation;
  if (mishap?.neverQueued === true) job.isGhost = true;
  if (mishap?.lateWriteSeconds === undefined) writeJob(world, job);
  else world.schedule(mishap.lateWriteSeconds, { kind: 'write', job });
  return job;
}
