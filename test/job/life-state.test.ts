import { describe, expect, it } from 'vitest';
import type { JobView } from '../../src/job/job-view.js';
import { createdAnswer, mayBeReplaced, mayRecreate, newLifeState, type LifeState } from '../../src/job/life-state.js';
import { deadlineAt, NOW_MS, PLAN } from '../support/life.js';
import type { WaitEnd } from '../../src/job/wait/verdict.js';

const VIEW: JobView = { jobId: '7', runId: '9.7', status: 'cancelled', component: 'keboola.ex-http' };

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

  it('says whether another job may take the place of one that is lost: where the author allows it, four times', () => {
    const state = newLifeState('a-run', NOW_MS);
    expect(mayRecreate(state)).toBe(false);
    expect(mayRecreate({ ...state, plan: PLAN })).toBe(false);
    const plan = { ...PLAN, onAmbiguousCreate: 'recreate' as const };
    const attempts = [1, 2, 3, 4, 5, 6].filter((attempt) => mayRecreate({ ...state, plan, attempt }));
    expect(attempts).toEqual([1, 2, 3, 4]);
  });

  it.each<[string, WaitEnd, string, boolean]>([
    ['was never queued and was cancelled', { kind: 'ghost' }, 'cancelled', true],
    ['was never queued and began to run as it was stopped', { kind: 'ghost' }, 'terminated', false],
    ['was never queued and came to an end of its own', { kind: 'ghost' }, 'success', false],
    ['was over its limit', { kind: 'out-of-time', deadline: deadlineAt(NOW_MS) }, 'cancelled', false],
    ['was cancelled by somebody', { kind: 'over', view: VIEW }, 'cancelled', false],
  ])('may be replaced by another job only where it has not run and nobody wanted it stopped: it %s', (...given) => {
    const [, why, status, expected] = given;
    const state: LifeState = { ...newLifeState('a-run', NOW_MS), plan: { ...PLAN, onAmbiguousCreate: 'recreate' } };
    expect(mayBeReplaced(state, { ...VIEW, status }, why)).toBe(expected);
    expect(mayBeReplaced({ ...state, plan: PLAN }, { ...VIEW, status }, why)).toBe(false);
  });

  it('is told to those who wait for it when there is one, with a run id where that is known', () => {
    const state = newLifeState('a-run', NOW_MS);
    const created = { jobId: '7', status: 'waiting', url: 'https://k/job/7' };
    const showing = (job: JobView): LifeState => ({ ...state, created, snapshot: { ...state.snapshot, job } });
    expect(createdAnswer(state)).toBeUndefined();
    expect(createdAnswer(showing(VIEW))).toEqual({ jobId: '7', runId: '9.7' });
    expect(createdAnswer(showing({ ...VIEW, runId: '' }))).toEqual({ jobId: '7' });
    expect(createdAnswer({ ...state, created })).toEqual({ jobId: '7' });
  });
});
