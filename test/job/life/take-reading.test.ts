import { describe, expect, it } from 'vitest';
import { takeCreated } from '../../../src/job/life/take-job.js';
import { addRunId, addStatusSeen, takeReading } from '../../../src/job/life/take-reading.js';
import { newLifeState, type LifeState } from '../../../src/job/life-state.js';
import { CREATED, NOW_MS, PLAN } from '../../support/life.js';

const LATER_MS = NOW_MS + 5_000;

it('all that a read has shown is known, and the silence before it is over', () => {
  const created = newLifeState('a-run', NOW_MS);
  takeCreated(created, PLAN, { job: CREATED, sentRunId: '9' }, NOW_MS);
  const state: LifeState = { ...created, outage: { sinceMs: NOW_MS, failures: 1, message: 'silence' } };
  const history = { count: 3, meanLn: 4, m2Ln: 0.1 };
  const view = { jobId: '7', runId: '9.7.8', status: 'processing', component: 'keboola.ex-http' };
  expect(takeReading(state, { kind: 'read', view, history, watched: true }, LATER_MS)).toBe('unfinished');
  expect(state.outage).toBeUndefined();
  expect(state).toMatchObject({ history, readAtMs: LATER_MS, watched: true, runIds: ['9', '9.7', '9.7.8'] });
  // It comes with the first read alone.
  takeReading(state, { kind: 'read', view: { ...view, status: 'success' } }, LATER_MS);
  expect(state).toMatchObject({ history, snapshot: { job: { status: 'success' } } });
  expect(state).not.toHaveProperty('watched');
});

it('a run id that is not shown yet is none that is known', () => {
  const state = newLifeState('a-run', NOW_MS);
  const view = { jobId: '7', runId: '', status: 'processing', component: 'keboola.ex-http' };
  takeReading(state, { kind: 'read', view }, LATER_MS);
  expect(state.runIds).toEqual([]);
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

  it('run ids the first twenty stay, each once, and none that is not known', () => {
    const state = newLifeState('a-run', NOW_MS);
    for (const runId of [undefined, '1', '1']) addRunId(state, runId);
    expect(state.runIds).toEqual(['1']);
    for (let at = 2; at < 30; at += 1) addRunId(state, String(at));
    expect(state.runIds).toEqual(Array.from({ length: 20 }, (_, at) => String(at + 1)));
  });
});
