import type { FaultInput } from '../../../src/sandbox/index.js';
import type { Dice } from '../support/dice.js';

/** What the sandbox must have counted when a case is over. */
export interface Expected {
  posts: number;
  /** Executions that workers started. */
  runs: number;
  /** Documents that were written. */
  jobs: number;
  /** How the workflow closed: a final status, or the type of its failure. */
  told: string;
  adopted?: boolean;
}

export interface CreationCase {
  name: string;
  family: string;
  faults: readonly FaultInput[];
  input: { onAmbiguousCreate: 'fail' | 'recreate' };
  /** How long the index hides what was written. */
  searchLagSeconds?: number;
  expected: Expected;
}

const html = '<html><body><h1>Oops</h1></body></html>';
const create = { route: 'create' } as const;
const after = { ...create, when: 'after' } as const;

/** The job is made and the answer is of no use: it must be adopted. */
const LOST_ANSWERS: Record<string, FaultInput> = {
  'reset after the write': { ...create, reset: 'after' },
  '500 after the write': { ...after, status: 500 },
  '500 without envelope after the write': { ...after, status: 500, body: '' },
  '502 HTML after the write': { ...after, status: 502, html },
  '503 HTML after the write': { ...after, status: 503, html },
  '504 HTML after the write': { ...after, status: 504, html },
  '408 after the write': { ...after, status: 408, html },
  '302 after the write': { ...after, status: 302, html, headers: { location: '/elsewhere' } },
  '202 with half a document': { ...after, status: 202, body: '{"id": "18698' },
  '202 with nothing': { ...after, status: 202, body: '' },
  '202 without an id': { ...create, replaceBody: { status: 'waiting' } },
  '202 with a list': { ...create, replaceBody: [] },
  '202 with HTML': { ...after, status: 202, html },
  '202 with 9 MB': { ...after, bodyBytes: 9_000_000 },
  'written 40 s after the connection broke': { ...create, lateWrite: true },
  'written 2 min after a 504': { ...create, lateWrite: { afterSeconds: 120 }, status: 504 },
};

/** Nothing is made, and nobody can know: where the author allows it, another POST makes the one job. */
const LOST_REQUESTS: Record<string, FaultInput> = {
  'reset before the write': { ...create, reset: 'before' },
  '500 before the write': { ...create, status: 500 },
  '502 HTML before the write': { ...create, status: 502, html },
  '503 HTML before the write': { ...create, status: 503, html },
  '202 that made nothing': { ...create, status: 202, body: '{}' },
};

/** Nothing is made, and Keboola says so: the same POST again. */
const NOT_NOW: Record<string, FaultInput> = {
  '429 with Retry-After': { ...create, status: 429, headers: { 'retry-after': '1' } },
  '429 without Retry-After': { ...create, status: 429 },
  maintenance: { ...create, maintenance: true },
  'a token that nobody knows': { ...create, status: 401 },
};

/** Nothing is made, and that is final. */
const REFUSALS: Record<string, { fault: FaultInput; told: string; posts: number }> = {
  '400 of the read-only user': {
    fault: { ...create, status: 400, json: { message: 'As a readOnly user you cannot run a job.' } },
    told: 'CreateRefused',
    posts: 1,
  },
  '400 of Storage each time': {
    fault: { ...create, ticketsFail: true, times: 'always' },
    told: 'CreateRefused',
    posts: 3,
  },
  '403': { fault: { ...create, status: 403 }, told: 'TokenRefused', posts: 1 },
  '404': { fault: { ...create, status: 404 }, told: 'CreateRefused', posts: 1 },
  '422': { fault: { ...create, status: 422 }, told: 'CreateRefused', posts: 1 },
};

const list = { route: 'list' } as const;
const stranger = {
  id: 7,
  runId: '7',
  status: 'success',
  component: 'docker',
  params: { component: 'keboola.ex-http' },
};

/** What the search meets on its way. */
const SEARCH_FAULTS: Record<string, FaultInput> = {
  'an empty list': { ...list, emptyList: true },
  '500': { ...list, status: 500 },
  '502 HTML': { ...list, status: 502, html },
  '503 maintenance': { ...list, maintenance: true },
  '429': { ...list, status: 429, headers: { 'retry-after': '1' } },
  'reset before': { ...list, reset: 'before' },
  'half a list': { ...list, status: 200, body: '[{"id": 1, ' },
  'no list at all': { ...list, replaceBody: { jobs: [] } },
  'jobs of others alone': { ...list, replaceBody: [stranger] },
};
const SEARCH_CALLS = [1, 2, 3];

/** All cases; the dice say how often in a row a search fault comes. */
export function creationCases(dice: Dice): CreationCase[] {
  return [
    ...lostAnswers(dice),
    ...lostRequests(dice),
    ...repeated(NOT_NOW, 'refused for now'),
    ...repeated({ '400 of Storage': { ...create, ticketsFail: true } }, 'refused for now', 2),
    ...refusals(),
    ...neverQueued(),
    ...hidden(),
  ];
}

function lostAnswers(dice: Dice): CreationCase[] {
  const expected = { posts: 1, runs: 1, jobs: 1, told: 'success', adopted: true };
  return Object.entries(LOST_ANSWERS).flatMap(([name, fault]) => [
    ...searches(dice).map((search) => ({
      name: `${name}; ${search.name}`,
      family: 'the answer is lost',
      faults: [fault, ...search.faults],
      input: { onAmbiguousCreate: search.policy },
      expected,
    })),
    {
      name: `${name}; the index is four minutes late`,
      family: 'the answer is lost',
      faults: [fault],
      searchLagSeconds: 240,
      input: { onAmbiguousCreate: 'fail' as const },
      expected,
    },
  ]);
}

function lostRequests(dice: Dice): CreationCase[] {
  return Object.entries(LOST_REQUESTS).flatMap(([name, fault]) =>
    searches(dice)
      .filter(({ call }) => call < 3)
      .map((search) => ({
        name: `${name}; ${search.name}`,
        family: 'the request is lost',
        faults: [fault, ...search.faults],
        input: { onAmbiguousCreate: 'recreate' as const },
        expected: { posts: 2, runs: 1, jobs: 1, told: 'success', adopted: false },
      })),
  );
}

interface Search {
  name: string;
  call: number;
  faults: FaultInput[];
  policy: 'fail' | 'recreate';
}

function searches(dice: Dice): Search[] {
  const faulty = Object.entries(SEARCH_FAULTS).flatMap(([name, fault]) =>
    SEARCH_CALLS.map((call): Search => {
      const times = dice.between(1, 4);
      const policy = dice.next() < 0.5 ? 'fail' : 'recreate';
      return { name: `search call ${call}: ${name}`, call, faults: [{ ...fault, call, times }], policy };
    }),
  );
  return [{ name: 'a sound search', call: 0, faults: [], policy: 'fail' }, ...faulty];
}

function repeated(faults: Record<string, FaultInput>, family: string, timesMax = 3): CreationCase[] {
  return Object.entries(faults).flatMap(([name, fault]) =>
    Array.from({ length: timesMax }, (_, index) => ({
      name: `${name}, ${index + 1} in a row`,
      family,
      faults: [{ ...fault, times: index + 1 }],
      input: { onAmbiguousCreate: 'fail' as const },
      expected: { posts: index + 2, runs: 1, jobs: 1, told: 'success', adopted: false },
    })),
  );
}

function refusals(): CreationCase[] {
  return Object.entries(REFUSALS).map(([name, { fault, told, posts }]) => ({
    name,
    family: 'refused',
    faults: [fault],
    input: { onAmbiguousCreate: 'fail' },
    expected: { posts, runs: 0, jobs: 0, told },
  }));
}

/** Written and never queued: stopped, and made anew where that is allowed. */
function neverQueued(): CreationCase[] {
  const ghost = { ...create, neverQueued: true } as const;
  return [
    ['with 500', ghost],
    ['with a reset', { ...ghost, reset: 'after' as const }],
  ].map(([how, fault]) => ({
    name: `never queued, ${how as string}`,
    family: 'never queued',
    faults: [fault as FaultInput],
    input: { onAmbiguousCreate: 'recreate' },
    expected: { posts: 2, runs: 1, jobs: 2, told: 'success', adopted: false },
  }));
}

/** Nobody can tell, and no second job is allowed: it must be said. The only cases that may end so. */
function hidden(): CreationCase[] {
  const ambiguous = { name: '', family: 'hidden for the whole window', input: { onAmbiguousCreate: 'fail' as const } };
  const none = { posts: 1, runs: 0, jobs: 0, told: 'CreateAmbiguous' };
  return [
    {
      ...ambiguous,
      name: 'reset before the write, nothing to be found',
      faults: [{ ...create, reset: 'before' }],
      expected: none,
    },
    {
      ...ambiguous,
      name: '502 HTML before the write, nothing to be found',
      faults: [{ ...create, status: 502, html }],
      expected: none,
    },
    {
      ...ambiguous,
      name: 'the answer is lost and the list is ill for hours',
      faults: [
        { ...create, reset: 'after' },
        { ...list, status: 500, times: 'always' },
      ],
      expected: { posts: 1, runs: 1, jobs: 1, told: 'CreateAmbiguous' },
    },
    {
      ...ambiguous,
      name: 'never queued, and no second job allowed',
      faults: [{ ...create, neverQueued: true }],
      expected: { posts: 1, runs: 0, jobs: 1, told: 'CreateAmbiguous' },
    },
  ];
}
