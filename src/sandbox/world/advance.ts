import { writeProgressEvent } from './job-events.js';
import { enqueue, writeJob } from './create-job.js';
import { bounce, rerun } from './interruption.js';
import type { Job } from './job-record.js';
import { flip, killed } from './kill-job.js';
import { ownWorkDone, timeOut } from './life.js';
import { spawn } from './spawn.js';
import { messageArrives } from './admission/workers.js';
import { daemonLooks } from './queue/daemon.js';
import type { World, WorldEvent } from './world.js';

/** One jump of the clock may hold months of jobs; more events than this mean a loop of jobs that take no time. */
const EVENTS_PER_ADVANCE_MAX = 5_000_000;

/** Runs every event that is due by `nowMs`, each at its own time, and returns the time that it then is. */
export function advanceTo(world: World, nowMs: number): number {
  for (let handled = 0; ; handled++) {
    const due = world.queue.takeDue(nowMs);
    if (due === undefined) break;
    if (handled >= EVENTS_PER_ADVANCE_MAX) throw new Error(`More than ${EVENTS_PER_ADVANCE_MAX} events at once`);
    world.nowMs = Math.max(world.nowMs, due.atMs);
    happen(world, due.event);
  }
  // A clock that the caller passed in may lag behind an earlier answer; sandbox time does not go back.
  world.nowMs = Math.max(world.nowMs, nowMs);
  return world.nowMs;
}

function happen(world: World, event: WorldEvent): void {
  if (event.kind === 'index') {
    if (world.jobs.has(event.write.facts.id)) world.index.take(event.write, world.settings.searchStalled);
  } else if (event.kind === 'write') {
    if (!world.isFull()) writeJob(world, event.job);
  } else if (event.kind === 'effect') {
    event.happen();
  } else {
    const job = world.jobs.get(event.jobId);
    if (job !== undefined) happenTo(job, world, event);
  }
}

function happenTo(job: Job, world: World, event: Extract<WorldEvent, { jobId: string }>): void {
  // An event that an earlier execution of the job scheduled is stale.
  if ('attempt' in event && (event.attempt !== job.attempt || !job.isExecuting)) return;
  switch (event.kind) {
    case 'enqueue':
      enqueue(world, job);
      break;
    case 'message':
      if (job.facts.queue === undefined) messageArrives(world, job);
      else daemonLooks(world, job);
      break;
    case 'spawn':
      spawn(world, job, event.child);
      break;
    case 'log':
      writeProgressEvent(world, job, event.position);
      break;
    case 'workDone':
      ownWorkDone(world, job);
      break;
    case 'timeout':
      timeOut(world, job);
      break;
    case 'bounce':
      bounce(world, job);
      break;
    case 'rerun':
      rerun(world, job);
      break;
    case 'killed':
      killed(world, job);
      break;
    case 'flip':
      flip(world, job);
      break;
  }
}
