import fc from 'fast-check';
import { Counters } from '../../../src/sandbox/record/counters.js';
import { createFixture } from '../../../src/sandbox/fixture/fixture.js';
import { resolveScript } from '../../../src/sandbox/fixture/resolve-script.js';
import type { Script } from '../../../src/sandbox/fixture/script-schema.js';
import { DEFAULT_SETTINGS, type SandboxSettings } from '../../../src/sandbox/settings.js';
import { advanceTo } from '../../../src/sandbox/world/advance.js';
import { createJob, draftJob } from '../../../src/sandbox/world/create-job.js';
import { killJob } from '../../../src/sandbox/world/kill-job.js';
import { dispatch } from '../../../src/sandbox/world/admission/workers.js';
import { World } from '../../../src/sandbox/world/world.js';

/** One thing that somebody does to a world, and how long they wait before it. */
export type Deed = { afterMs: number } & (
  | { do: 'create'; script: Script; config: string | undefined; under: string | undefined; lateSeconds?: number }
  | { do: 'kill'; which: number }
  | { do: 'settle'; settings: Partial<SandboxSettings> }
);

/** A world without HTTP, and everything that was ever written in it. */
export interface Life {
  world: World;
  settings: SandboxSettings;
  counters: Counters;
}

const seconds = fc.integer({ min: 0, max: 12 });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const rarely = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const leaf = fc.record({
  durationSeconds: optional(fc.oneof(seconds, fc.double({ min: 0, max: 5, noNaN: true }))),
  status: optional(fc.constantFrom('success' as const, 'error' as const, 'warning' as const, 'terminated' as const)),
  createdForSeconds: rarely(seconds),
  neverQueued: rarely(fc.constant(true)),
  bounceAfterSeconds: optional(seconds),
  bounceTimes: optional(fc.integer({ min: 1, max: 3 })),
  rerunAfterSeconds: optional(seconds),
  rerunTimes: optional(fc.integer({ min: 1, max: 3 })),
  rerunWithNewRunId: optional(fc.boolean()),
  processTimeoutSeconds: optional(fc.integer({ min: 1, max: 8 })),
  whenKilled: optional(fc.constantFrom('terminate' as const, 'finishFirst' as const, 'ignore' as const)),
  killLatencySeconds: optional(seconds),
  flipAfterSeconds: optional(seconds),
  searchLagSeconds: optional(seconds),
});
const child = fc.record({ script: leaf, afterSeconds: seconds, isNative: fc.boolean() });

const script: fc.Arbitrary<Script> = fc
  .record({ own: leaf, children: fc.array(child, { maxLength: 2 }) })
  .map(({ own, children }) => ({
    ...own,
    // Without a configuration, a native child locks the whole app, so children get into each other's way.
    children: children.map((one) => ({
      ...one.script,
      afterSeconds: one.afterSeconds,
      neverQueued: undefined,
      component: one.isNative ? 'ex-db' : 'keboola.wr-google-sheets',
    })),
  }));

const settings = fc.record(
  {
    workers: fc.integer({ min: 3, max: 5 }),
    parallelLimit: fc.constantFrom(1, 2, 'off' as const, 'project' as const),
    killPropagation: fc.boolean(),
    lockRetryDelaySeconds: fc.integer({ min: 1, max: 9 }),
    killLatencySeconds: seconds,
    searchStalled: fc.boolean(),
    searchLagSeconds: seconds,
    ghostKill: fc.constantFrom('cancels' as const, 'stays' as const),
  },
  { requiredKeys: [] },
);

const afterMs = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 6_000 }));
const create = fc.record(
  {
    do: fc.constant('create' as const),
    afterMs,
    script,
    config: optional(fc.constantFrom('a', 'b')),
    under: optional(fc.constantFrom('900', '900.1', '901')),
    lateSeconds: seconds,
  },
  { requiredKeys: ['do', 'afterMs', 'script', 'config', 'under'] },
);
const kill = fc.record({ do: fc.constant('kill' as const), afterMs, which: fc.nat(30) });
const settle = fc.record({ do: fc.constant('settle' as const), afterMs, settings });

export const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.oneof({ weight: 5, arbitrary: create }, { weight: 3, arbitrary: kill }, { weight: 1, arbitrary: settle }),
  { minLength: 3, maxLength: 25 },
);

const fixture = createFixture({});
const START_MS = 1_600_000_000_000;

export function newLife(): Life {
  const own = { ...DEFAULT_SETTINGS };
  const counters = new Counters();
  return { world: new World(fixture, own, counters, START_MS), settings: own, counters };
}

/** Plays deeds; `pass` lets the time between them pass, at once or in steps. */
export function play(
  { world, settings: own }: Life,
  list: Deed[],
  pass: (world: World, untilMs: number) => void,
): void {
  for (const deed of list) {
    pass(world, world.nowMs + deed.afterMs);
    if (deed.do === 'create') perform(world, deed);
    if (deed.do === 'kill') {
      const jobs = [...world.jobs.oldestFirst()];
      const job = jobs[deed.which % Math.max(1, jobs.length)];
      if (job !== undefined) killJob(world, job, job.token);
    }
    if (deed.do === 'settle') {
      Object.assign(own, deed.settings);
      if (!own.searchStalled) world.index.catchUp();
      dispatch(world);
    }
  }
}

export const leap = (world: World, untilMs: number): void => void advanceTo(world, untilMs);

export function inStepsOf(stepMs: number): (world: World, untilMs: number) => void {
  return (world, untilMs) => {
    while (world.nowMs < untilMs) advanceTo(world, Math.min(untilMs, world.nowMs + stepMs));
    advanceTo(world, untilMs);
  };
}

function perform(world: World, { script: asked, config, under, lateSeconds }: Extract<Deed, { do: 'create' }>): void {
  const [project] = world.fixture.projects;
  const [token] = project?.tokens ?? [];
  const component = world.fixture.component('keboola.ex-http');
  if (project === undefined || token === undefined || component === undefined) throw new Error('no fixture');
  const configData = { parameters: { sandbox: withoutUndefined(asked) } };
  const params = { ...(config === undefined ? {} : { config }), configData, component: component.id };
  const job = {
    project,
    token,
    component,
    params,
    runIdPrefix: under,
    script: resolveScript(world.fixture, project, component, params),
  };
  if (lateSeconds === undefined) createJob(world, job);
  else world.schedule(lateSeconds, { kind: 'write', job: draftJob(world, job) });
}

function withoutUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
