import type { FaultInput, SettingsInput } from '../../../src/sandbox/index.js';
import type { Dice } from '../support/dice.js';
import { LIST_FAULTS, READ_FAULTS, type CallFault } from './faults.js';
import type { OddDocument, WaitCase } from './wait-case.js';

/** How a job goes when nobody disturbs the wait, and how its workflow tells it. */
export interface Course {
  script: Record<string, unknown>;
  told: string;
}

/** Long enough for the reads that are disturbed; each further one costs time and shows nothing new. */
const DURATION_SECONDS = 15;
/** Stopped by ourselves, for being over its time: the way is the same as after a cancellation. */
const ENDLESS = { durationSeconds: 36_000 };
const STOPPED = { runTimeout: '20s' };
const CHILD = { component: 'keboola.ex-http', ...ENDLESS };
/** Stopped one by one, where Keboola does not pass a kill on. */
export const WITH_CHILDREN: Course = { script: { children: [CHILD, CHILD] }, told: 'JobTimedOut' };

export function disturbedReads(dice: Dice, courses: Record<string, Course>, calls: readonly number[]): WaitCase[] {
  return product(courses, READ_FAULTS, calls).map(([how, { script, told }, what, fault, call]) => ({
    name: `${how}; read ${call}: ${what}`,
    family: 'disturbed reads',
    script: { durationSeconds: DURATION_SECONDS, ...script },
    faults: [{ route: 'read', ...fault, call, times: dice.between(1, 6) }],
    input: {},
    expected: { told, left: 0 },
  }));
}

/** @param documents what is laid over the job's own, none of which is its end. */
export function oddDocuments(dice: Dice, documents: Record<string, OddDocument['document']>): WaitCase[] {
  return product({ '': {} }, documents, [1, 3]).map(([, , what, document, call]) => ({
    name: `read ${call} after the creation: ${what}`,
    family: 'odd documents',
    script: { durationSeconds: 60 },
    faults: [],
    documents: [{ document, call, times: dice.between(1, 5) }],
    input: {},
    expected: { told: 'success', left: 0 },
  }));
}

export function disturbedKills(
  dice: Dice,
  courses: Record<string, Course>,
  faults: Record<string, CallFault>,
  calls: readonly number[],
): WaitCase[] {
  return product(courses, faults, calls).map(([how, { script, told }, what, fault, call]) => ({
    name: `${how}; kill ${call}: ${what}`,
    family: 'disturbed kills',
    script: { ...ENDLESS, ...script },
    faults: [{ route: 'kill', ...fault, call, times: dice.between(1, 5) }],
    input: STOPPED,
    expected: { told, left: 0 },
  }));
}

export function disturbedLists(
  dice: Dice,
  routes: readonly FaultInput['route'][],
  calls: readonly number[],
): WaitCase[] {
  const byRoute = Object.fromEntries(routes.map((route) => [route, { route }]));
  return product(byRoute, LIST_FAULTS, calls).map(([name, { route }, what, fault, call]) => ({
    name: `two children to be stopped; ${name} ${call}: ${what}`,
    family: 'disturbed lists',
    script: { ...ENDLESS, ...WITH_CHILDREN.script },
    faults: [{ ...fault, route, call, times: dice.between(1, 4) }],
    input: STOPPED,
    expected: { told: 'JobTimedOut', left: 0 },
  }));
}

/** Jobs that are stopped in each of the ways in which Keboola may behave. */
export function otherWorlds(worlds: Record<string, SettingsInput>, courses: Record<string, Course>): WaitCase[] {
  return product(worlds, courses, [1]).map(([world, settings, how, { script, told }]) => ({
    name: `${how}; ${world}`,
    family: 'other worlds',
    settings,
    faults: [],
    script: { ...ENDLESS, ...script },
    input: STOPPED,
    expected: { told, left: 0 },
  }));
}

/** What cannot be stopped must be said. */
export function deaf(faults: Record<string, CallFault>): WaitCase[] {
  const scripts = {
    'a kill that is accepted and lost, each time': { whenKilled: 'ignore' },
    'terminating for ever': { whenKilled: 'hang' },
  };
  const answers = Object.entries(faults).map(([what, fault]) => ({
    name: `every kill is answered with ${what}`,
    script: {},
    faults: [{ route: 'kill' as const, ...fault, times: 'always' as const }],
  }));
  return [...Object.entries(scripts).map(([name, script]) => ({ name, script, faults: [] })), ...answers].map(
    ({ name, script, faults: played }) => ({
      name,
      family: 'cannot be stopped',
      script: { ...ENDLESS, ...script },
      faults: played,
      input: STOPPED,
      expected: { told: 'KillNotConfirmed', left: 1 },
    }),
  );
}

/** Each with each, at each of the calls. */
function product<A, B>(
  first: Record<string, A>,
  second: Record<string, B>,
  calls: readonly number[],
): [string, A, string, B, number][] {
  return Object.entries(first).flatMap(([a, x]) =>
    Object.entries(second).flatMap(([b, y]) => calls.map((call): [string, A, string, B, number] => [a, x, b, y, call])),
  );
}
