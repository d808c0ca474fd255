import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lifeGuard, treePlaceGuard } from '../../../src/job/carried/life-guard.js';
import { newLifeState, type LifeState } from '../../../src/job/life-state.js';
import { countsOf } from '../../../src/job/wait/status-counts.js';
import { endedJob } from '../../support/ended-job.js';

const NOW_MS = Date.parse('2026-01-01T00:00:00Z');
const VIEW = { jobId: '1', runId: '9.1', status: 'processing', component: 'keboola.ex-http' };
const LINE = { time: '2026-01-01T00:00:00Z', type: 'info', component: 'keboola.ex-http', message: 'Working' };

/** Everything that a workflow can know. */
const FULL: LifeState = {
  ...newLifeState('a-run', NOW_MS),
  plan: {
    connection: 'default',
    project: { id: '1134', name: 'Tutorial' },
    component: 'keboola.ex-http',
    config: 'slow',
    made: { by: 'run', fence: 'variable' },
    parentRunId: '9',
    projectLimit: 10,
    queueTimeoutMs: 1,
    runTimeoutMs: 365 * 86_400_000,
    onWarning: 'accept',
    onTerminated: 'cancel',
    onAmbiguousCreate: 'recreate',
    children: 'observe',
    foreignJobs: { policy: 'wait', branchId: '900' },
    warnings: ['Think of it'],
    onCancel: 'kill',
    searchAttributes: true,
  },
  wasReset: true,
  created: { jobId: '1', status: 'waiting', runId: '9.1', url: 'https://example.com/1', found: true, foreign: true },
  snapshot: {
    stage: 'waiting',
    connection: 'default',
    note: 'Waits',
    job: { ...VIEW, isFinished: false, waitSeconds: 1.5, result: [], truncated: true, log: [LINE] },
    url: 'https://example.com/1',
    polls: 3,
    nextPollTime: '2026-01-01T00:00:00Z',
    children: { jobs: 2, counts: { success: 1, sleeping: 1 }, digest: 'too many' },
  },
  statusesSeen: [{ status: 'waiting', time: '2026-01-01T00:00:00Z' }],
  budgets: { queuedSinceMs: NOW_MS, queueTimeoutMs: 1, runTimeoutMs: 1, runningSinceMs: NOW_MS },
  runIds: ['9.1'],
  foreignJobs: { seen: ['5'], decided: true },
  givenUp: ['8'],
  history: { count: 3, meanLn: -1, m2Ln: 0.5 },
  outage: { sinceMs: NOW_MS, tokenRefusedSinceMs: NOW_MS, failures: 2, message: 'silence', retryAfterMs: 1_000 },
  descendants: {
    jobs: 2,
    counts: { success: 2 },
    complete: true,
    observers: { '2': 'open' },
    unsure: ['3'],
    results: { children: [endedJob('2', { children: [endedJob('3')], childrenComplete: true })], truncated: true },
  },
  storage: { call: { method: 'POST', path: 'x', body: {} }, rows: 1, bytes: 2, columns: ['a'] },
  published: { KeboolaStatus: 'processing' },
};

describe('the state of a job that is carried on', () => {
  it.each([
    ['new', newLifeState('a-run', NOW_MS)],
    ['full', FULL],
  ])('is taken as it is where it is %s', (_, state) => {
    expect(lifeGuard(JSON.parse(JSON.stringify(state)), '')).toBeUndefined();
  });

  it('is taken however odd the statuses of the jobs below are', () => {
    const statuses = ['constructor', '__proto__', ...Array.from({ length: 200 }, (_, at) => `s${at}`)];
    const counts = countsOf(statuses.map((status) => ({ status })));
    const children = { jobs: statuses.length, counts };
    const { snapshot, descendants } = FULL;
    const odd = { ...FULL, snapshot: { ...snapshot, children }, descendants: { ...descendants, counts } };
    expect(lifeGuard(JSON.parse(JSON.stringify(odd)), '')).toBeUndefined();
  });

  it('is refused with the place of what is wrong, wherever that is', () => {
    const places = fc.constantFrom(...leaves(FULL));
    const wrong = fc.constantFrom<unknown>(null, {}, [[]], Number.POSITIVE_INFINITY);
    fc.assert(
      fc.property(places, wrong, (path, value) => {
        const problem = lifeGuard(replaced(FULL, path, value), '');
        expect(problem).toContain(path.slice(0, -1).join('.'));
      }),
    );
  });

  it.each([[0], [6], [101], [4e9], [Number.MAX_SAFE_INTEGER], [-1], [1.5]])(
    'is refused with the attempt %d: there are at most five creations',
    (attempt) => {
      expect(lifeGuard({ ...newLifeState('a-run', NOW_MS), attempt }, '')).toContain('attempt');
    },
  );

  it.each(['AND', '<=9', '1\r\nx-other: 1', '', '1..2'])(
    'has no run id that would not be taken from an author: %j',
    (parentRunId) => {
      expect(lifeGuard({ ...FULL, plan: { ...FULL.plan, parentRunId } }, '')).toBe(
        'plan.parentRunId: expected a run id',
      );
      expect(lifeGuard({ ...FULL, givenUp: [parentRunId] }, '')).toBe('givenUp.0: expected a run id');
    },
  );

  it.each([
    [undefined, 'plan.made: expected a JSON object'],
    [{}, 'plan.made.by: expected one of run, call, storage, others'],
    [{ by: 'toString' }, 'plan.made.by: expected one of run, call, storage, others'],
    [{ by: 'run' }, 'plan.made.fence: expected one of run-id, none, variable'],
    [{ by: 'others', fence: 'none' }, 'plan.made.fence: unknown field'],
  ])('has a job that comes about in one of the ways that there are, and not as %j', (made, problem) => {
    expect(lifeGuard({ ...FULL, plan: { ...FULL.plan, made } }, '')).toBe(problem);
  });

  it('knows no run id rather than an empty one', () => {
    expect(lifeGuard({ ...FULL, created: { ...FULL.created, runId: '' } }, '')).toBe(
      'created.runId: expected a run id',
    );
  });

  it.each(['../../x', '/tables', 'tables//x', 'a%2Fb', '%2e%2e/x', 'x#y', '', 'a'.repeat(1_001)])(
    'makes no call of Storage that could lead elsewhere: %j',
    (path) => {
      const storage = { call: { method: 'POST', path } };
      expect(lifeGuard({ ...FULL, storage }, '')).toBe('storage.call.path: expected a path below /v2/storage/');
    },
  );

  it('is looked at without a fault, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(lifeGuard(value, '')).toMatch(/expected|unknown/);
      }),
    );
  });
});

it('the place in a tree that a memo tells is taken only where it is one', () => {
  expect(treePlaceGuard({ runIds: ['9.1'], depth: 1 }, '')).toBeUndefined();
  expect(treePlaceGuard({ runIds: '9.1', depth: 1 }, '')).toBe('runIds: expected a list of at most 2000 items');
});

/** The paths to all values that are none of the parts that are handed on unseen. */
function leaves(value: object, path: string[] = []): string[][] {
  return Object.entries(value).flatMap(([name, item]: [string, unknown]) => {
    const here = [...path, name];
    if (['result', 'results', 'body'].includes(name)) return [];
    return typeof item === 'object' && item !== null && Object.keys(item).length > 0 ? leaves(item, here) : [here];
  });
}

function replaced(value: object, [name = '', ...rest]: string[], leaf: unknown): unknown {
  const changed = structuredClone(value) as Record<string, unknown>;
  changed[name] = rest.length === 0 ? leaf : replaced(changed[name] as object, rest, leaf);
  return changed;
}
