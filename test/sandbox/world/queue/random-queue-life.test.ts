import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFixture } from '../../../../src/sandbox/fixture/fixture.js';
import { Counters } from '../../../../src/sandbox/record/counters.js';
import { DEFAULT_SETTINGS } from '../../../../src/sandbox/settings.js';
import type { SandboxSettings } from '../../../../src/sandbox/settings.js';
import { isFinished } from '../../../../src/sandbox/world/job-record.js';
import type { JobFacts } from '../../../../src/sandbox/world/job-record.js';
import { killQueueJob } from '../../../../src/sandbox/world/queue/kill-queue-job.js';
import type { QueueRequest } from '../../../../src/sandbox/world/queue/new-queue-job.js';
import { submitQueueJob } from '../../../../src/sandbox/world/queue/queue-job.js';
import { parentRunId } from '../../../../src/sandbox/world/run-id.js';
import { World } from '../../../../src/sandbox/world/world.js';
import { inStepsOf, leap } from '../random-life.js';

const DAY_MS = 86_400_000;
const START_MS = 1_600_000_000_000;
const fixture = createFixture({});
const project = fixture.projects.find(({ id }) => id === 5555)!;
const [token] = project.tokens;

/** What may follow on what; a job may fall back from processing to created. */
const LEGAL: Record<string, string[]> = {
  created: ['created', 'waiting', 'processing', 'cancelled'],
  waiting: ['waiting', 'processing', 'cancelled'],
  processing: ['processing', 'created', 'terminating', 'success', 'warning', 'error'],
  terminating: ['terminating', 'terminated', 'success', 'warning', 'error'],
};

type Deed = { afterMs: number } & ({ request: QueueRequest; under: string | undefined } | { kill: number });

const seconds = fc.integer({ min: 0, max: 9 });
const script = fc.record(
  {
    durationSeconds: seconds,
    status: fc.constantFrom('success', 'error', 'warning'),
    bounceAfterSeconds: seconds,
    createdForSeconds: seconds,
    whenKilled: fc.constantFrom('terminate', 'finishFirst', 'ignore'),
    children: fc.array(fc.constant({ component: 'keboola.ex-http', config: 'success' }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const inline = script.map((sandbox): QueueRequest => {
  return { component: 'keboola.ex-http', configData: { parameters: { sandbox } } };
});
const task = fc.record({
  id: fc.constantFrom('1', '2', '3'),
  phase: fc.constantFrom('a', 'b', 'c'),
  task: fc
    .constantFrom('success', 'user-error', 'rows')
    .map((configId) => ({ componentId: 'keboola.ex-db-mysql', configId })),
  continueOnFailure: fc.boolean(),
  retry: fc.option(fc.record({ maxRetries: fc.nat(2), delay: seconds }), { nil: null }),
});
const flow = fc
  .record({
    component: fc.constantFrom('keboola.flow', 'keboola.orchestrator'),
    tasks: fc.uniqueArray(task, { selector: ({ id }) => id }),
  })
  .map(({ component, tasks }): QueueRequest => {
    const phases = ['a', 'b', 'c'].map((id, at, ids) => ({
      id,
      dependsOn: ids.slice(0, at).slice(-1),
      next: [{ goto: ids[at + 1] }],
    }));
    return { component, configData: { phases, tasks } };
  });
const stored = fc.constantFrom<QueueRequest>(
  { component: 'keboola.ex-db-mysql', config: 'rows' },
  { component: 'keboola.ex-db-mysql', config: 'rows', parallelism: 'infinity', configRowIds: ['people', 'none'] },
  { component: 'keboola.orchestrator', config: 'nightly' },
  { component: 'keboola.flow', config: 'nightly', onlyTaskIds: ['sheets'] },
  { component: 'keboola.ex-http', config: 'medium', delayedStartMs: START_MS + 20_000 },
);
const afterMs = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 8_000 }));
const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        afterMs,
        request: fc.oneof(inline, flow, stored),
        under: fc.constantFrom(undefined, '9', '9.1'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ afterMs, kill: fc.nat(40) }) },
  ),
  { minLength: 2, maxLength: 12 },
);
const settings = fc.record({
  parallelLimit: fc.constantFrom(2, 3, 'off' as const, 'project' as const),
  queueKillBelow: fc.constantFrom('prefix' as const, 'children' as const),
  queueDaemonSeconds: fc.constantFrom(0.5, 1, 7),
});

interface Life {
  world: World;
  settings: SandboxSettings;
}

function newLife(changes: Partial<SandboxSettings>): Life {
  const own = { ...DEFAULT_SETTINGS, ...changes };
  return { world: new World(fixture, own, new Counters(), START_MS), settings: own };
}

function play({ world }: Life, list: Deed[], pass: (world: World, untilMs: number) => void): void {
  for (const deed of list) {
    pass(world, world.nowMs + deed.afterMs);
    if ('request' in deed) {
      submitQueueJob(world, { project, token: token!, request: deed.request, runIdPrefix: deed.under });
    } else {
      const jobs = [...world.jobs.oldestFirst()];
      const job = jobs[deed.kill % Math.max(1, jobs.length)];
      if (job !== undefined) killQueueJob(world, job, job.token);
    }
  }
}

const steps = inStepsOf(700);

describe('whatever is created and killed in Queue v2, a world', () => {
  it('makes only legal steps, and counts no more than its limit', () => {
    fc.assert(
      fc.property(deeds, settings, (list, changes) => {
        const life = newLife(changes);
        const { world } = life;
        const write = world.write.bind(world);
        world.write = (job, change) => {
          const before = job.facts;
          write(job, change);
          if (!isFinished(before.status)) expect(LEGAL[before.status]).toContain(job.facts.status);
          else expect(job.facts.status).toBe(before.status);
          expect(job.facts.runId.split('.').at(-1)).toBe(job.facts.id);
          const limit = life.settings.parallelLimit;
          if (typeof limit === 'number') expect(world.load.others(job).length).toBeLessThanOrEqual(limit);
        };
        play(life, list, leap);
        leap(world, world.nowMs + 300_000);
      }),
      { numRuns: 100 },
    );
  });

  it('brings every job to its end, a container after all of its jobs unless it was killed, and holds nothing then', () => {
    fc.assert(
      fc.property(deeds, settings, (list, changes) => {
        const life = newLife(changes);
        const { world } = life;
        play(life, list, leap);
        // Parents that do work of their own may otherwise wait for the place that they take themselves.
        life.settings.parallelLimit = 'off';
        leap(world, world.nowMs + DAY_MS);
        const all = [...world.jobs.oldestFirst()].map(({ facts }) => facts);
        expect(all.filter(({ status }) => !isFinished(status))).toEqual([]);
        for (const facts of all.filter(isContainerByItself)) {
          for (const child of all.filter(({ runId }) => parentRunId(runId) === facts.runId)) {
            expect(child.endedAtMs ?? 0).toBeLessThanOrEqual(facts.endedAtMs ?? 0);
          }
        }
        expect(world.locks.size).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it('is the same after one leap as after many small steps', () => {
    fc.assert(
      fc.property(deeds, settings, (list, changes) => {
        const [one, other] = [newLife(changes), newLife(changes)];
        for (const [life, pass] of [
          [one, leap],
          [other, steps],
        ] as const) {
          play(life, list, pass);
          pass(life.world, life.world.nowMs + 120_000);
        }
        expect(factsOf(other)).toEqual(factsOf(one));
      }),
      { numRuns: 60 },
    );
  });
});

function isContainerByItself({ queue, status }: JobFacts): boolean {
  return queue?.type !== 'standard' && status !== 'terminated';
}

function factsOf({ world }: Life): JobFacts[] {
  return [...world.jobs.oldestFirst()].map(({ facts }) => facts);
}
