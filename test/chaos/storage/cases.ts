import type { FaultInput } from '../../../src/sandbox/index.js';
import type { Dice } from '../support/dice.js';
import { OPERATIONS, type Operation } from './operations.js';

/** What the sandbox must have counted when a case is over. */
export interface Expected {
  /** Calls that asked for the operation; absent where it may be one or two. */
  posts?: number;
  /** Jobs that those made. */
  jobs?: number;
  /** How the workflow closed: `success`, or the type of its failure. */
  told: string;
  adopted?: boolean;
}

export interface StorageCase {
  name: string;
  family: string;
  operation: Operation;
  faults: readonly FaultInput[];
  /** How long each job of Storage works. */
  jobSeconds?: number;
  expected: Expected;
}

/** A fault of the call, which its route is put into. */
type CallFault = Omit<FaultInput, 'route'>;

const html = '<html><body><h1>Oops</h1></body></html>';
const after = { when: 'after' } as const;
/** A pause that is asked for is kept in real time, through which no server leaps. */
const soon = { headers: { 'retry-after': '1' } };

/** The job is made and the answer is of no use: it must be found and adopted. */
const LOST_ANSWERS: Record<string, CallFault> = {
  'reset after the write': { reset: 'after' },
  '500 after the write': { ...after, status: 500 },
  '502 HTML after the write': { ...after, status: 502, html },
  '503 HTML after the write': { ...after, status: 503, html },
  '504 HTML after the write': { ...after, status: 504, html },
  '408 after the write': { ...after, status: 408, html },
  '302 after the write': { ...after, status: 302, html, headers: { location: '/elsewhere' } },
  '202 with half a document': { ...after, status: 202, body: '{"id": "18698' },
  '202 with nothing': { ...after, status: 202, body: '' },
  '202 without an id': { replaceBody: { status: 'waiting' } },
  '202 with a list': { replaceBody: [] },
  '202 with HTML': { ...after, status: 202, html },
  '200 with a document that is no job': { ...after, status: 200, json: {} },
  '204 after the write': { ...after, status: 204, body: '' },
  '202 with 9 MB': { ...after, bodyBytes: 9_000_000 },
  'written 40 s after the connection broke': { lateWrite: true },
  'written 2 min after a 504': { lateWrite: { afterSeconds: 120 }, status: 504 },
};

/** Nothing is made, and nobody can know. */
const LOST_REQUESTS: Record<string, CallFault> = {
  'reset before the write': { reset: 'before' },
  '500 before the write': { status: 500 },
  '502 HTML before the write': { status: 502, html },
  '503 HTML before the write': { status: 503, html },
  '202 that made nothing': { status: 202, body: '{}' },
};

/** Nothing is made, and Keboola says so: the same call again. */
const NOT_NOW: Record<string, CallFault> = {
  '429 with Retry-After': { ...soon, status: 429 },
  '429 without Retry-After': { status: 429 },
  maintenance: { ...soon, maintenance: true },
  'a token that nobody knows': { status: 401 },
};

/** Nothing is made, and that is final. */
const REFUSALS: Record<string, { fault: CallFault; told: string }> = {
  '400': { fault: { status: 400 }, told: 'CreateRefused' },
  '403': { fault: { status: 403 }, told: 'TokenRefused' },
  '404': { fault: { status: 404 }, told: 'CreateRefused' },
  '422': { fault: { status: 422 }, told: 'CreateRefused' },
  '501': { fault: { status: 501 }, told: 'CreateRefused' },
};

const list = { route: 'storageJobs' } as const;

/** What the search meets on its way. */
const SEARCH_FAULTS: Record<string, FaultInput> = {
  'an empty list': { ...list, emptyList: true },
  '500': { ...list, status: 500 },
  '502 HTML': { ...list, status: 502, html },
  '503 maintenance': { ...list, ...soon, maintenance: true },
  '429': { ...list, ...soon, status: 429 },
  'reset before': { ...list, reset: 'before' },
  'half a list': { ...list, status: 200, body: '[{"id": 1, ' },
  'no list at all': { ...list, replaceBody: { jobs: [] } },
  'jobs of others alone': { ...list, replaceBody: [{ id: 7, status: 'success', runId: '7' }] },
};
const SEARCH_CALLS = [1, 2, 3];

const passing = {
  '500': { status: 500 },
  '502 HTML': { status: 502, html },
  '200 HTML': { status: 200, html },
  reset: { reset: 'before' },
  '401': { status: 401 },
} satisfies Record<string, CallFault>;
const ON_THE_WAY: Record<Operation['workflow'], readonly FaultInput['route'][]> = {
  importTable: ['verify', 'table', 'filePrepare', 'upload', 'storageJob'],
  exportTable: ['verify', 'table', 'storageJob', 'file', 'download'],
};

/** All cases; the dice say which lost answer a faulty search is for, and how often in a row a fault comes. */
export function storageCases(dice: Dice): StorageCase[] {
  return OPERATIONS.flatMap((operation) => [
    ...lostAnswers(operation),
    ...faultySearches(operation, dice),
    ...lostRequests(operation),
    ...notNow(operation),
    ...refusals(operation),
    ...failedJobs(operation),
    ...onTheWay(operation, dice),
    ...tooLate(operation),
  ]);
}

const well = { posts: 1, jobs: 1, told: 'success' };

function lostAnswers(operation: Operation): StorageCase[] {
  return Object.entries(LOST_ANSWERS).map(([name, fault]) => ({
    name: `${operation.name}: ${name}`,
    family: 'the answer is lost',
    operation,
    faults: [{ ...fault, route: operation.route }],
    expected: { ...well, adopted: true },
  }));
}

function faultySearches(operation: Operation, dice: Dice): StorageCase[] {
  return Object.entries(SEARCH_FAULTS).flatMap(([name, fault]) =>
    SEARCH_CALLS.map((call) => {
      const [lost] = dice.shuffled(Object.values(LOST_ANSWERS));
      return {
        name: `${operation.name}: search call ${call}: ${name}`,
        family: 'the answer is lost, the list is ill',
        operation,
        faults: [
          { ...lost, route: operation.route },
          { ...fault, call, times: dice.between(1, 4) },
        ],
        expected: { ...well, adopted: true },
      };
    }),
  );
}

function lostRequests(operation: Operation): StorageCase[] {
  const expected = operation.isRepeatable
    ? { ...well, posts: 2, adopted: false }
    : { posts: 1, jobs: 0, told: 'CreateAmbiguous' };
  return Object.entries(LOST_REQUESTS).map(([name, fault]) => ({
    name: `${operation.name}: ${name}`,
    family: 'the request is lost',
    operation,
    expected,
    faults: [{ ...fault, route: operation.route }],
  }));
}

function notNow(operation: Operation): StorageCase[] {
  return Object.entries(NOT_NOW).flatMap(([name, fault]) =>
    [1, 2, 3].map((times) => ({
      name: `${operation.name}: ${name}, ${times} in a row`,
      family: 'refused for now',
      operation,
      faults: [{ ...fault, route: operation.route, times }],
      expected: { ...well, posts: times + 1, adopted: false },
    })),
  );
}

function refusals(operation: Operation): StorageCase[] {
  return Object.entries(REFUSALS).map(([name, { fault, told }]) => ({
    name: `${operation.name}: ${name}`,
    family: 'refused',
    operation,
    faults: [{ ...fault, route: operation.route }],
    expected: { posts: 1, jobs: 0, told },
  }));
}

function failedJobs(operation: Operation): StorageCase[] {
  return [
    {
      name: `${operation.name}: the job fails`,
      family: 'the job fails',
      operation,
      faults: [{ route: operation.route, jobFails: true }],
      expected: { posts: 1, jobs: 1, told: 'StorageJobFailed' },
    },
  ];
}

/** Faults of everything else that is asked on the way: none of them may cost a second call. */
function onTheWay(operation: Operation, dice: Dice): StorageCase[] {
  return ON_THE_WAY[operation.workflow].flatMap((route) =>
    Object.entries(passing)
      // An upload has no answer that anybody reads.
      .filter(([name]) => !(route === 'upload' && name === '200 HTML'))
      .map(([name, fault]) => ({
        name: `${operation.name}: ${route}: ${name}`,
        family: 'faults on the way',
        operation,
        faults: [{ ...fault, route, times: dice.between(1, 2) }],
        expected: { ...well, adopted: false },
      })),
  );
}

/** The first call comes after the second was sent: then either may stand in the other's way. */
function tooLate(operation: Operation): StorageCase[] {
  if (!operation.isRepeatable) return [];
  return [290, 310, 330, 350, 380, 410].map((afterSeconds) => ({
    name: `${operation.name}: written after ${afterSeconds} s`,
    family: 'written too late',
    operation,
    faults: [{ route: operation.route, lateWrite: { afterSeconds } }],
    jobSeconds: 200,
    // Whether it comes in time is the search's luck; the table has the right rows in any case.
    expected: { told: 'success' },
  }));
}
