import { ownWorkDone, pickUp, terminate } from './life.js';
import { spawn } from './spawn.js';
import type { World, WorldEvent } from './world.js';

/** One jump of the clock may hold months of jobs, but not an endless loop of jobs that take no time. */
const EVENTS_PER_ADVANCE_MAX = 5_000_000;

/** Lets everything happen that is due until now, each event at its own time, and answers the time it then is. */
export function advanceTo(world: World, nowMs: number): number {
  for (let handled = 0; ; handled++) {
    const due = world.queue.takeDue(nowMs);
    if (due === undefined) break;
    if (handled >= EVENTS_PER_ADVANCE_MAX) throw new Error(`More than ${EVENTS_PER_ADVANCE_MAX} events at once`);
    world.nowMs = Math.max(world.nowMs, due.atMs);
    happen(world, due.event);
  }
  // A clock that is handed in may lag behind an answer already given; sandbox time does not go back.
  world.nowMs = Math.max(world.nowMs, nowMs);
  return world.nowMs;
}

function happen(world: World, event: WorldEvent): void {
  if (event.kind === 'index') {
    if (world.jobs.has(event.facts.id)) world.index.set(event.facts.id, event.facts);
    return;
  }
  const job = world.jobs.get(event.jobId);
  if (job === undefined) return;
  if (event.kind === 'pickUp') pickUp(world, job);
  else if (event.kind === 'terminate') terminate(world, job);
  // What was planned by an earlier execution of the job no longer happens.
  else if (event.attempt !== job.attempt) return;
  else if (event.kind === 'spawn') spawn(world, job, event.child);
  else ownWorkDone(world, job);
}
