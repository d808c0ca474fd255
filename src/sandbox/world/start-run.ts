import { writeStartEvent } from './job-events.js';
import { pidOf } from './create-job.js';
import type { Job } from './job-record.js';
import type { World } from './world.js';

const DURATION_SECONDS_DEFAULT = 3;
const HOSTS = 3;

/** Begins an execution: the document gets a new start and no end, and what will come of it is scheduled. */
export function startRun(world: World, job: Job): void {
  const { children = [] } = job.script;
  job.attempt += 1;
  job.isExecuting = true;
  job.ownWorkDone = false;
  job.childrenOpen = children.length;
  job.childrenFailed = 0;
  const { id } = job.facts;
  world.write(job, {
    status: 'processing',
    startedAtMs: world.nowMs,
    endedAtMs: null,
    durationSeconds: null,
    result: {},
    // Another execution runs on another machine.
    process: { host: `sandbox-syrup-WORKER-${1 + ((job.attempt - 1) % HOSTS)}`, pid: pidOf(id, job.attempt) },
  });
  world.tally.runStarted(job);
  writeStartEvent(world, job);
  if (job.conductor !== undefined) {
    job.conductor.begin(job);
    return;
  }
  children.forEach(({ afterSeconds = 0 }, child) => {
    world.schedule(afterSeconds, { kind: 'spawn', jobId: id, attempt: job.attempt, child });
  });
  scheduleEnds(world, job);
}

/** Schedules the possible ends; the first one happens. At the same instant finished work wins over the time limit. */
function scheduleEnds(world: World, job: Job): void {
  const { durationSeconds = DURATION_SECONDS_DEFAULT, bounceAfterSeconds, rerunAfterSeconds } = job.script;
  const { bounceTimes = 1, rerunTimes = 1 } = job.script;
  const ends: ['workDone' | 'bounce' | 'rerun' | 'timeout', number | undefined][] = [
    ['workDone', durationSeconds],
    ['bounce', job.bounces < bounceTimes ? bounceAfterSeconds : undefined],
    ['rerun', job.reruns < rerunTimes ? rerunAfterSeconds : undefined],
    ['timeout', job.processTimeoutSeconds],
  ];
  for (const [kind, afterSeconds] of ends) {
    if (afterSeconds === undefined) continue;
    world.schedule(afterSeconds, { kind, jobId: job.facts.id, attempt: job.attempt });
  }
}
