import { describe, expect, it } from 'vitest';
import { takePlan } from '../../../src/job/life/plan.js';
import { takeCreated, takeForeign } from '../../../src/job/life/take-job.js';
import { newLifeState, type LifeState } from '../../../src/job/life-state.js';
import type { Made } from '../../../src/job/run-plan.js';
import { deadlineOf } from '../../../src/job/wait/budgets.js';
import { withTimeouts } from '../../../src/job/wait/timeouts.js';
import { CREATED, NOW_MS, PLAN } from '../../support/life.js';

const LATER_MS = NOW_MS + 5_000;
const OUTAGE = { sinceMs: NOW_MS, failures: 1, message: 'silence' };

function life(more: Partial<LifeState> = {}): LifeState {
  return { ...newLifeState('a-run', NOW_MS), ...more };
}

describe('what a workflow knows of a job that exists from now on', () => {
  it('is where it is, as what it runs, and by which run ids; Keboola is silent no more', () => {
    const state = life({ outage: OUTAGE });
    takeCreated(state, PLAN, { job: CREATED, sentRunId: '9' }, LATER_MS);
    expect(state).toMatchObject({
      created: CREATED,
      plan: PLAN,
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

  it('is not that its end was told', () => {
    const state = life({ nudged: true, nudgedInVain: true, readAtMs: NOW_MS });
    takeCreated(state, PLAN, { job: CREATED, sentRunId: '9' }, NOW_MS);
    expect(state).not.toHaveProperty('nudgedInVain');
    expect(state).not.toHaveProperty('readAtMs');
    expect(state.nudged).toBe(false);
  });

  it('leaves out what nobody has told', () => {
    const state = life();
    const { config: _config, ...inline } = PLAN;
    const { runId: _runId, ...untold } = CREATED;
    takeCreated(state, inline, { job: untold }, LATER_MS);
    expect(state.snapshot.job).toEqual({ jobId: '7', runId: '', status: 'waiting', component: 'keboola.ex-http' });
    expect(state.runIds).toEqual([]);
  });

  it.each<[Made, string[]]>([
    [{ by: 'run', fence: 'run-id' }, ['9', '9.7']],
    [{ by: 'run', fence: 'variable' }, ['9.7']],
    [{ by: 'run', fence: 'none' }, ['9.7']],
    [{ by: 'call' }, ['9', '9.7']],
    [{ by: 'storage' }, ['9', '9.7']],
  ])('is the run id that was sent only where the job lies below it: %j', (made, runIds) => {
    const state = life();
    takeCreated(state, { ...PLAN, made }, { job: CREATED, sentRunId: '9' }, LATER_MS);
    expect(state.runIds).toEqual(runIds);
  });

  it('is that one which was found may have started since it was wanted', () => {
    const state = life();
    takeCreated(state, PLAN, { job: { ...CREATED, found: true }, sentRunId: '9' }, LATER_MS);
    expect(state.clock.lastLookMs).toBe(NOW_MS);
    expect(state.plan?.made).toEqual(PLAN.made);
  });

  it('is that one which was found elsewhere was sent without a fence, by a run before a reset', () => {
    const state = life();
    takeCreated(state, PLAN, { job: { ...CREATED, runId: '7', found: true }, sentRunId: '9' }, LATER_MS);
    expect(state.plan?.made).toEqual({ by: 'run', fence: 'none' });
    expect(state.runIds).toEqual(['7']);
  });

  it('is that a delay counts from the creation, and a time to start at once', () => {
    const delayed = { ...PLAN, queueTimeoutMs: 1_000, delayMs: 60_000 };
    const state = life();
    takePlan(state, delayed, { nowMs: NOW_MS, changed: {} });
    expect(deadlineOf(state.budgets)?.atMs).toBe(NOW_MS + 1_000);
    takeCreated(state, delayed, { job: CREATED, sentRunId: '9' }, LATER_MS);
    expect(deadlineOf(state.budgets)?.atMs).toBe(NOW_MS + 61_000);

    const timed = { ...PLAN, queueTimeoutMs: 1_000, mayStartAtMs: NOW_MS + 60_000 };
    takePlan(state, timed, { nowMs: NOW_MS, changed: {} });
    expect(deadlineOf(state.budgets)?.atMs).toBe(NOW_MS + 61_000);
  });
});

describe('the job of somebody else that is followed', () => {
  const foreign = { ...CREATED, foreign: true as const };

  it('goes on after a cancel, and has no limits', () => {
    const state = life({ budgets: { queuedSinceMs: NOW_MS, queueTimeoutMs: 1, runTimeoutMs: 1 } });
    takeForeign(state, { ...PLAN, made: { by: 'run', fence: 'none' } }, foreign, LATER_MS);
    expect(state).toMatchObject({
      created: { jobId: '7', foreign: true },
      plan: { onCancel: 'leave' },
    });
    expect(state.plan?.made).toEqual({ by: 'others' });
    expect(state.budgets).toEqual({ queuedSinceMs: NOW_MS });
    expect(state.runIds).toEqual(['9.7']);
  });

  it('has no delay of ours', () => {
    const state = life();
    takeForeign(state, { ...PLAN, delayMs: 60_000, mayStartAtMs: NOW_MS + 60_000 }, foreign, LATER_MS);
    const limited = withTimeouts(state.budgets, { queueTimeout: 1_000 });
    expect(deadlineOf(limited)?.atMs).toBe(NOW_MS + 1_000);
  });
});
