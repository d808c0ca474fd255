import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFinished } from '../../../src/sandbox/world/job-record.js';
import type { Job, JobFacts } from '../../../src/sandbox/world/job-record.js';
import { nestingLevel } from '../../../src/sandbox/world/run-id.js';
import { deeds, inStepsOf, leap, newLife, play } from './random-life.js';
import type { Life } from './random-life.js';

const DAY_MS = 86_400_000;

/** What may follow on what; a status that flips after its end is the last one. */
const LEGAL: Record<string, string[]> = {
  created: ['waiting', 'cancelled'],
  waiting: ['processing', 'cancelled'],
  processing: ['processing', 'waiting', 'terminating', 'success', 'error', 'warning', 'terminated'],
  terminating: ['terminated', 'success', 'error', 'warning'],
  success: ['terminated'],
  error: ['terminated'],
  warning: ['terminated'],
  terminated: [],
  cancelled: [],
};

/** Looks at every single write, and at the world around it. */
function watched(life: Life): Life {
  const { world } = life;
  const write = world.write.bind(world);
  world.write = (job, changes) => {
    const before = job.facts;
    write(job, changes);
    expectLegal(before, job.facts);
    if (changes.startedAtMs === world.nowMs) expectRoom(life);
  };
  return life;
}

function expectLegal(before: JobFacts, after: JobFacts): void {
  if (before.status !== after.status || before.runId === after.runId) {
    expect(LEGAL[before.status]).toContain(after.status);
  }
  const { id, lockName, project, createdAtMs, params } = before;
  expect(after).toMatchObject({ id, lockName, project, createdAtMs, params });
  expect(after.startedAtMs ?? 0).toBeGreaterThanOrEqual(before.startedAtMs ?? 0);
  expect(nestingLevel(after.runId)).toBe(nestingLevel(before.runId));
  // Only an attempt that ended by itself knows how long the job waited.
  if (after.waitSeconds !== null) expect(after.startedAtMs).not.toBeNull();
  if (['success', 'error', 'warning'].includes(after.status)) expect(after.waitSeconds).not.toBeNull();
  if (after.status === 'processing' && after.startedAtMs !== before.startedAtMs) expect(after.endedAtMs).toBeNull();
  if (after.endedAtMs !== null) expect(after.endedAtMs).toBeGreaterThanOrEqual(after.startedAtMs ?? Infinity);
}

/** At a start; fewer workers later do not stop those that are at work. */
function expectRoom({ world, settings }: Life): void {
  const executing = [...world.executing];
  expect(executing.length).toBeLessThanOrEqual(settings.workers);
  expect(new Set(executing.map(({ facts }) => facts.lockName)).size).toBe(executing.length);
}

/** What holds at any instant, seen from outside. */
function expectSound({ world, counters }: Life): void {
  const jobs = [...world.jobs.oldestFirst()];
  const ids = jobs.map(({ facts }) => BigInt(facts.id));
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => (a < b ? -1 : 1)));
  const tickets = jobs.flatMap(({ facts }) => [facts.id, facts.runId.split('.').at(-1)]);
  expect(new Set(tickets).size).toBe(tickets.length);
  for (const job of jobs) {
    expect(job.isExecuting).toBe(world.executing.has(job));
    if (job.isExecuting) expect(world.locks.get(job.facts.lockName)).toBe(job);
    if (job.isGhost) expect(job.attempt).toBe(0);
    expectTimes(job);
  }
  const view = counters.view(world.jobs.size);
  expect(view.runsByJob).toEqual(Object.fromEntries(ran(jobs).map((job) => [job.facts.id, job.attempt])));
  expect(view.runs).toBe(ran(jobs).reduce((sum, { attempt }) => sum + attempt, 0));
  expect(view.jobs).toBe(jobs.filter(({ parent }) => parent === undefined).length);
  expect(view.byRunIdPrefix('900').jobs).toBe(jobs.filter(({ facts }) => facts.runId.startsWith('900.')).length);
}

function expectTimes({ facts, attempt }: Job): void {
  expect(facts.startedAtMs === null).toBe(attempt === 0);
  if (facts.status === 'waiting' && attempt === 0) expect(facts.endedAtMs).toBeNull();
  const { terminatedBy, status } = facts;
  if (status === 'cancelled' || status === 'terminating') expect(terminatedBy.id).not.toBeNull();
  if (['waiting', 'created', 'processing', 'success'].includes(status)) expect(terminatedBy.id).toBeNull();
}

const ran = (jobs: Job[]): Job[] => jobs.filter(({ attempt }) => attempt > 0);

/** Everything that anybody could see of it. */
function seen({ world, counters }: Life): unknown {
  const jobs = [...world.jobs.oldestFirst()];
  return {
    jobs: jobs.map(({ facts }) => facts),
    list: jobs.map(({ facts }) => world.index.get(facts.id)),
    counters: counters.view(world.jobs.size),
  };
}

describe('whatever is done to it in whatever order, a world', () => {
  it('makes only legal steps, keeps its locks and workers, and counts right', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const life = watched(newLife());
        for (const deed of list) {
          play(life, [deed], leap);
          expectSound(life);
        }
        leap(life.world, life.world.nowMs + DAY_MS);
        expectSound(life);
      }),
      { numRuns: 300 },
    );
  });

  it('brings every job to its end in time, but for ghosts and their like', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const life = newLife();
        play(life, list, leap);
        Object.assign(life.settings, { workers: 1_000, parallelLimit: 'off', searchStalled: false });
        leap(life.world, life.world.nowMs + DAY_MS);
        const open = [...life.world.jobs.oldestFirst()].filter(({ facts }) => !isFinished(facts.status));
        expect(open.filter(({ isGhost }) => !isGhost)).toEqual([]);
        expect(life.world.executing.size + life.world.locks.size + life.world.messages.size).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it('is the same after one leap as after many small steps', () => {
    fc.assert(
      fc.property(deeds, fc.integer({ min: 1, max: 4_000 }), (list, stepMs) => {
        const [one, other] = [newLife(), newLife()];
        play(one, list, leap);
        play(other, list, inStepsOf(stepMs));
        expect(seen(other)).toEqual(seen(one));
        leap(one.world, one.world.nowMs + 300_000);
        inStepsOf(stepMs)(other.world, other.world.nowMs + 300_000);
        expect(seen(other)).toEqual(seen(one));
      }),
      { numRuns: 100 },
    );
  });

  it('never runs more jobs of a project than its limit, but nested ones without a running sibling', () => {
    fc.assert(
      fc.property(deeds, fc.integer({ min: 1, max: 3 }), (list, limit) => {
        const life = newLife();
        const { world, settings } = life;
        Object.assign(settings, { parallelLimit: limit, workers: 50 });
        const write = world.write.bind(world);
        world.write = (job, changes) => {
          const isStart = changes.status === 'processing' && changes.startedAtMs === world.nowMs;
          if (isStart && nestingLevel(job.facts.runId) === 0) {
            expect(world.load.others(job).length).toBeLessThan(limit);
          }
          write(job, changes);
        };
        const fixed = list.map((deed) =>
          deed.do === 'settle' ? { ...deed, settings: { ...deed.settings, parallelLimit: limit, workers: 50 } } : deed,
        );
        play(life, fixed, leap);
        leap(world, world.nowMs + DAY_MS);
      }),
      { numRuns: 100 },
    );
  });
});
