import { describe, expect, it } from 'vitest';
import {
  addRunId,
  addStatusSeen,
  createdAnswer,
  mayBeReplaced,
  mayRecreate,
  newLifeState,
  takeCreated,
  takeForeign,
  takePlan,
  takeReading,
  type LifeState,
} from '../../src/job/life-state.js';
import type { CreatedJob } from '../../src/job/create/creation.js';
import type { JobView } from '../../src/job/job-view.js';
import type { RunPlan } from '../../src/job/run-plan.js';
import { deadlineOf, type Deadline } from '../../src/job/wait/budgets.js';
import { withTimeouts } from '../../src/job/wait/timeouts.js';
import type { WaitEnd } from '../../src/job/wait/verdict.js';

const NOW_MS = Date.parse('2026-01-01T00:00:00Z');
const LATER_MS = NOW_MS + 5_000;
const plan: RunPlan = {
  connection: 'default',
  project: { id: '1', name: 'P', jobsPage: 'https://k/jobs' },
  component: 'keboola.ex-http',
  config: 'daily',
  onWarning: 'accept',
  onTerminated: 'cancel',
  onAmbiguousCreate: 'fail',
  children: 'observe',
  searchAttributes: true,
};
const job: CreatedJob = { jobId: '7', status: 'waiting', runId: '9.7', url: 'https://k/job/7' };
const VIEW: JobView = { jobId: '7', runId: '9.7', status: 'cancelled', component: 'keboola.ex-http' };
const LIMIT: Deadline = { which: 'queueTimeout', atMs: NOW_MS, budgetMs: 1 };

describe('what a workflow knows of its job', () => {
  it('is nothing at first, and its time begins', () => {
    expect(newLifeState('a-run', NOW_MS)).toEqual({
      attemptsBefore: 0,
      fenceSeed: 'a-run',
      attempt: 1,
      snapshot: { stage: 'preparing', polls: 0 },
      statusesSeen: [],
      clock: { phase: 'waiting', startedAtMs: NOW_MS, lastLookMs: NOW_MS },
      budgets: { queuedSinceMs: NOW_MS },
      runIds: [],
      givenUp: [],
      nudged: false,
      descendants: { jobs: 0, counts: {}, complete: false, observers: {}, unsure: [] },
      published: {},
    });
  });

  it('is where it is, as what it runs, and by which run ids, once it is created', () => {
    const state = newLifeState('a-run', NOW_MS);
    state.outage = { sinceMs: NOW_MS, failures: 1, message: 'silence' };
    takeCreated(state, plan, { job, sentRunId: '9' }, LATER_MS);
    expect(state).toMatchObject({
      created: job,
      runIds: ['9', '9.7'],
      clock: { phase: 'waiting', startedAtMs: LATER_MS, lastLookMs: LATER_MS },
      statusesSeen: [{ status: 'waiting', time: '2026-01-01T00:00:05.000Z' }],
    });
    expect(state.outage).toBeUndefined();
    expect(state.snapshot).toEqual({
      stage: 'preparing',
      polls: 0,
      url: 'https://k/job/7',
      page: 'https://k/jobs/7',
      job: { jobId: '7', runId: '9.7', status: 'waiting', component: 'keboola.ex-http', config: 'daily' },
    });
  });

  it('is all that a read has shown, and the silence before it is over', () => {
    const state = newLifeState('a-run', NOW_MS);
    takeCreated(state, plan, { job, sentRunId: '9' }, NOW_MS);
    state.outage = { sinceMs: NOW_MS, failures: 1, message: 'silence' };
    const history = { count: 3, meanLn: 4, m2Ln: 0.1 };
    const view = { jobId: '7', runId: '9.7.8', status: 'processing', component: 'keboola.ex-http' };
    expect(takeReading(state, { kind: 'read', view, history, watched: true }, LATER_MS)).toBe('unfinished');
    expect(state.outage).toBeUndefined();
    expect(state).toMatchObject({ history, readAtMs: LATER_MS, watched: true, runIds: ['9', '9.7', '9.7.8'] });
    // It comes with the first read alone.
    takeReading(state, { kind: 'read', view: { ...view, status: 'success' } }, LATER_MS);
    expect(state).toMatchObject({ history, snapshot: { job: { status: 'success' } } });
  });

  it('has not been told of the end of a job that exists from now on', () => {
    const state = { ...newLifeState('a-run', NOW_MS), nudged: true, nudgedInVain: true as const };
    takeCreated(state, plan, { job, sentRunId: '9' }, NOW_MS);
    expect(state).not.toHaveProperty('nudgedInVain');
    expect(state.nudged).toBe(false);
  });

  it('says whether another job may take the place of one that is lost: where the author allows it, four times', () => {
    const state = newLifeState('a-run', NOW_MS);
    expect(mayRecreate(state)).toBe(false);
    takePlan(state, plan, { nowMs: NOW_MS, changed: {} });
    expect(mayRecreate(state)).toBe(false);
    takePlan(state, { ...plan, onAmbiguousCreate: 'recreate' }, { nowMs: NOW_MS, changed: {} });
    const attempts = [1, 2, 3, 4, 5, 6].filter((attempt) => mayRecreate({ ...state, attempt }));
    expect(attempts).toEqual([1, 2, 3, 4]);
  });

  it.each<[string, WaitEnd, string, boolean]>([
    ['was never queued and was cancelled', { kind: 'ghost' }, 'cancelled', true],
    ['was never queued and began to run as it was stopped', { kind: 'ghost' }, 'terminated', false],
    ['was never queued and came to an end of its own', { kind: 'ghost' }, 'success', false],
    ['was over its limit', { kind: 'out-of-time', deadline: LIMIT }, 'cancelled', false],
    ['was cancelled by somebody', { kind: 'over', view: VIEW }, 'cancelled', false],
  ])('may be replaced by another job only where it has not run and nobody wanted it stopped: it %s', (...given) => {
    const [, why, status, expected] = given;
    const state: LifeState = { ...newLifeState('a-run', NOW_MS), plan: { ...plan, onAmbiguousCreate: 'recreate' } };
    expect(mayBeReplaced(state, { ...VIEW, status }, why)).toBe(expected);
    expect(mayBeReplaced({ ...state, plan }, { ...VIEW, status }, why)).toBe(false);
  });

  it('leaves out what nobody has told', () => {
    const state = newLifeState('a-run', NOW_MS);
    const { config: _config, ...inline } = plan;
    const { runId: _runId, ...untold } = job;
    takeCreated(state, inline, { job: untold, sentRunId: '' }, LATER_MS);
    expect(state.snapshot.job).toEqual({ jobId: '7', runId: '', status: 'waiting', component: 'keboola.ex-http' });
    expect(state.runIds).toEqual([]);
  });

  it('counts an adopted job as one that may have started since it was wanted', () => {
    const state = newLifeState('a-run', NOW_MS);
    takeCreated(state, plan, { job: { ...job, adopted: true }, sentRunId: '9' }, LATER_MS);
    expect(state.clock.lastLookMs).toBe(NOW_MS);
  });

  it('knows that a delay counts from the creation, and a time to start at once', () => {
    const delayed = { ...plan, queueTimeoutMs: 1_000, delayMs: 60_000 };
    const state = newLifeState('a-run', NOW_MS);
    takePlan(state, delayed, { nowMs: NOW_MS, changed: {} });
    expect(deadlineOf(state.budgets)?.atMs).toBe(NOW_MS + 1_000);
    takeCreated(state, delayed, { job, sentRunId: '9' }, LATER_MS);
    expect(deadlineOf(state.budgets)?.atMs).toBe(NOW_MS + 61_000);

    const timed = { ...plan, queueTimeoutMs: 1_000, mayStartAtMs: NOW_MS + 60_000 };
    takePlan(state, timed, { nowMs: NOW_MS, changed: {} });
    expect(deadlineOf(state.budgets)?.atMs).toBe(NOW_MS + 61_000);
  });

  it('has no delay of ours where the job is one of somebody else', () => {
    const state = newLifeState('a-run', NOW_MS);
    takeForeign(
      state,
      { ...plan, delayMs: 60_000, mayStartAtMs: NOW_MS + 60_000 },
      { ...job, foreign: true },
      LATER_MS,
    );
    state.budgets = withTimeouts(state.budgets, { queueTimeout: 1_000 });
    expect(deadlineOf(state.budgets)?.atMs).toBe(NOW_MS + 1_000);
  });

  it('is the job of somebody else, which goes on after a cancel and has no limits, once that is followed', () => {
    const state = newLifeState('a-run', NOW_MS);
    state.budgets = { queuedSinceMs: NOW_MS, queueTimeoutMs: 1, runTimeoutMs: 1 };
    takeForeign(state, plan, { ...job, foreign: true }, LATER_MS);
    expect(state).toMatchObject({
      created: { jobId: '7', foreign: true },
      plan: { attached: true, onCancel: 'leave' },
    });
    expect(state.budgets).toEqual({ queuedSinceMs: NOW_MS });
    expect(state.runIds).toEqual(['9.7']);
  });

  it('is told to those who wait for it when there is one, with a run id where that is known', () => {
    const state = newLifeState('a-run', NOW_MS);
    expect(createdAnswer(state)).toBeUndefined();
    takeCreated(state, plan, { job, sentRunId: '9' }, LATER_MS);
    expect(createdAnswer(state)).toEqual({ jobId: '7', runId: '9.7' });
    state.snapshot.job = { ...state.snapshot.job!, runId: '' };
    expect(createdAnswer(state)).toEqual({ jobId: '7' });
    delete state.snapshot.job;
    expect(createdAnswer(state)).toEqual({ jobId: '7' });
  });
});

describe('of many', () => {
  it('statuses the first one and the last nineteen stay', () => {
    const state = newLifeState('a-run', NOW_MS);
    for (let at = 0; at < 25; at += 1) addStatusSeen(state, `s${at}`, NOW_MS);
    expect(state.statusesSeen.map(({ status }) => status)).toEqual([
      's0',
      ...Array.from({ length: 19 }, (_, at) => `s${at + 6}`),
    ]);
  });

  it('run ids the first twenty stay, each once, and none that is empty', () => {
    const state = newLifeState('a-run', NOW_MS);
    for (const runId of ['', '1', '1']) addRunId(state, runId);
    expect(state.runIds).toEqual(['1']);
    for (let at = 2; at < 30; at += 1) addRunId(state, String(at));
    expect(state.runIds).toEqual(Array.from({ length: 20 }, (_, at) => String(at + 1)));
  });
});
