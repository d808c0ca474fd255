import type { FaultInput } from '../../../src/sandbox/index.js';
import type { Dice } from '../support/dice.js';

/** What must be true when a case is over. */
export interface Expected {
  /** How the workflow closed: a final status, the type of its failure, or `canceled`. */
  told: string;
  /** Jobs that still run. */
  left: number;
}

export interface WaitCase {
  name: string;
  family: string;
  script: Record<string, unknown>;
  faults: readonly FaultInput[];
  /** Laid over the job's document, for the calls of `documentCalls`. */
  document?: Record<string, unknown>;
  documentCalls?: { call: number; times: number };
  input: { runTimeout?: string };
  expected: Expected;
}

const html = '<html><body><h1>Oops</h1></body></html>';
/** Long enough for the reads that are disturbed; each further one costs time and shows nothing new. */
const DURATION_SECONDS = 15;

/** How a job goes when nobody disturbs the wait, and how its workflow tells it. */
const SCRIPTS: Record<string, { script: Record<string, unknown>; told: string }> = {
  success: { script: {}, told: 'success' },
  warning: { script: { status: 'warning' }, told: 'warning' },
  'user error': { script: { status: 'error', error: 'user' }, told: 'JobUserError' },
  'application error': { script: { status: 'error', error: 'application' }, told: 'JobApplicationError' },
  'error without blame': { script: { status: 'error', error: null }, told: 'JobError' },
  'bounced to waiting': { script: { bounceAfterSeconds: 5, bounceTimes: 2 }, told: 'success' },
  'run again with endTime set': { script: { rerunAfterSeconds: 5, rerunTimes: 2 }, told: 'success' },
  'run again under a new run id': { script: { rerunAfterSeconds: 5, rerunWithNewRunId: true }, told: 'success' },
  'created for a while': { script: { createdForSeconds: 10 }, told: 'success' },
  'over its run-time limit': { script: { processTimeoutSeconds: 10 }, told: 'JobUserError' },
};

const read = { route: 'read' } as const;
const READ_FAULTS: Record<string, FaultInput> = {
  '500': { ...read, status: 500 },
  '500 without envelope': { ...read, status: 500, body: '' },
  '502 HTML': { ...read, status: 502, html },
  '503 maintenance': { ...read, maintenance: true },
  '429 with Retry-After': { ...read, status: 429, headers: { 'retry-after': '1' } },
  '404': { ...read, status: 404 },
  '401': { ...read, status: 401 },
  'reset before': { ...read, reset: 'before' },
  'reset after': { ...read, reset: 'after' },
  'an empty body': { ...read, status: 200, body: '' },
  'half a document': { ...read, status: 200, body: '{"id": 1, "sta' },
  'the document of another job': { ...read, replaceBody: { id: 5, status: 'success', isFinished: true } },
  'a list': { ...read, replaceBody: [] },
  '9 MB': { ...read, bodyBytes: 9_000_000 },
};

/** Documents that must not be taken for the end, whatever they look like. */
const ODD_DOCUMENTS: Record<string, Record<string, unknown>> = {
  'a status that nobody knows': { status: 'paused', isFinished: false },
  'success that is not finished': { status: 'success', isFinished: false },
  'processing that is finished': { status: 'processing', isFinished: true },
  'waiting again': { status: 'waiting', isFinished: false, startTime: null },
  'processing with an end time': { status: 'processing', endTime: '2026-01-01T00:00:00+01:00', isFinished: false },
  'id and status alone': { status: 'processing' },
  'dates without offset': { status: 'processing', startTime: '2026-01-01 00:00:00', createdTime: 'yesterday' },
  'numbers as text': { status: 'processing', durationSeconds: '12', waitSeconds: '3', isFinished: 'no' },
};

const kill = { route: 'kill' } as const;
const KILL_FAULTS: Record<string, FaultInput> = {
  '400': { ...kill, status: 400 },
  '404': { ...kill, status: 404 },
  '500': { ...kill, status: 500 },
  '502 HTML': { ...kill, status: 502, html },
  '429': { ...kill, status: 429, headers: { 'retry-after': '1' } },
  'reset before': { ...kill, reset: 'before' },
  'reset after': { ...kill, reset: 'after' },
  'an empty 202': { ...kill, status: 202, body: '' },
};
const KILLED: Record<string, { script: Record<string, unknown>; told: string }> = {
  'stops in two seconds': { script: {}, told: 'JobTimedOut' },
  'stops in two minutes': { script: { killLatencySeconds: 120 }, told: 'JobTimedOut' },
  'finishes first': { script: { whenKilled: 'finishFirst' }, told: 'success' },
};

const list = { route: 'list' } as const;
const LIST_FAULTS: Record<string, FaultInput> = {
  'an empty list': { ...list, emptyList: true },
  '500': { ...list, status: 500 },
  '502 HTML': { ...list, status: 502, html },
  '503 maintenance': { ...list, maintenance: true },
  'reset before': { ...list, reset: 'before' },
  'half a list': { ...list, status: 200, body: '[{"id": 1, ' },
  'no list at all': { ...list, replaceBody: { jobs: [] } },
};

export function waitCases(dice: Dice): WaitCase[] {
  return [...disturbedReads(dice), ...oddDocuments(dice), ...disturbedKills(dice), ...disturbedLists(dice), ...deaf()];
}

function disturbedReads(dice: Dice): WaitCase[] {
  return product(SCRIPTS, READ_FAULTS, [1, 3, 5]).map(([how, { script, told }, what, fault, call]) => ({
    name: `${how}; read ${call}: ${what}`,
    family: 'disturbed reads',
    script: { durationSeconds: DURATION_SECONDS, ...script },
    faults: [{ ...fault, call, times: dice.between(1, 6) }],
    input: {},
    expected: { told, left: 0 },
  }));
}

function oddDocuments(dice: Dice): WaitCase[] {
  return Object.entries(ODD_DOCUMENTS).flatMap(([what, document]) =>
    [1, 3].map((call) => ({
      name: `read ${call} after the creation: ${what}`,
      family: 'odd documents',
      script: { durationSeconds: 60 },
      faults: [],
      document,
      documentCalls: { call, times: dice.between(1, 5) },
      input: {},
      expected: { told: 'success', left: 0 },
    })),
  );
}

/** The stop is one of our own, for a job over its time: the way is the same as after a cancellation. */
function disturbedKills(dice: Dice): WaitCase[] {
  return product(KILLED, KILL_FAULTS, [1, 2]).map(([how, { script, told }, what, fault, call]) => ({
    name: `${how}; kill ${call}: ${what}`,
    family: 'disturbed kills',
    script: { durationSeconds: 36_000, ...script },
    faults: [{ ...fault, call, times: dice.between(1, 5) }],
    input: { runTimeout: '20s' },
    expected: { told, left: 0 },
  }));
}

function disturbedLists(dice: Dice): WaitCase[] {
  const child = { component: 'keboola.ex-http', durationSeconds: 36_000 };
  return product({ 'two children': {} }, LIST_FAULTS, [1, 2, 3]).map(([how, , what, fault, call]) => ({
    name: `${how} to be stopped; list ${call}: ${what}`,
    family: 'disturbed lists',
    script: { durationSeconds: 36_000, children: [child, child] },
    faults: [{ ...fault, call, times: dice.between(1, 4) }],
    input: { runTimeout: '20s' },
    expected: { told: 'JobTimedOut', left: 0 },
  }));
}

/** What cannot be stopped must be said. */
function deaf(): WaitCase[] {
  return [
    { name: 'a kill that is accepted and lost, each time', script: { whenKilled: 'ignore' }, faults: [] },
    { name: 'terminating for ever', script: { whenKilled: 'hang' }, faults: [] },
    {
      name: 'every kill is answered with 500',
      script: {},
      faults: [{ ...kill, status: 500, times: 'always' as const }],
    },
  ].map(({ name, script, faults }) => ({
    name,
    family: 'cannot be stopped',
    script: { durationSeconds: 36_000, ...script },
    faults,
    input: { runTimeout: '20s' },
    expected: { told: 'KillNotConfirmed', left: 1 },
  }));
}

function product<A, B>(
  first: Record<string, A>,
  second: Record<string, B>,
  calls: readonly number[],
): [string, A, string, B, number][] {
  return Object.entries(first).flatMap(([a, x]) =>
    Object.entries(second).flatMap(([b, y]) => calls.map((call): [string, A, string, B, number] => [a, x, b, y, call])),
  );
}
