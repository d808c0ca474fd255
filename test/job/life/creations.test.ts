import { describe, expect, it } from 'vitest';
import {
  expectAnother,
  expectNoOther,
  forgetJob,
  foreignDecided,
  foreignSeen,
  giveUp,
  postInVain,
} from '../../../src/job/life/creations.js';
import { takeCreated } from '../../../src/job/life/take-job.js';
import { newLifeState } from '../../../src/job/life-state.js';
import { CREATED, NOW_MS, PLAN } from '../../support/life.js';

describe('a creation', () => {
  it('that is given up may still make a job, and another one is sent', () => {
    const state = newLifeState('a-run', NOW_MS);
    postInVain(state, '9', true);
    giveUp(state, '9');
    expect(state).toMatchObject({ attempt: 2, givenUp: ['9'] });
    expect(state).not.toHaveProperty('postsInVain');
  });

  it('that was sent in vain is counted where Keboola itself has failed', () => {
    const state = newLifeState('a-run', NOW_MS);
    postInVain(state, '9', false);
    expect(state).not.toHaveProperty('postsInVain');
    postInVain(state, '9', true);
    postInVain(state, '9', true);
    expect(state).toMatchObject({ attempt: 1, givenUp: ['9'], postsInVain: 2 });
  });

  it('is looked for until its job is the one that counts', () => {
    const state = newLifeState('a-run', NOW_MS);
    for (const runId of ['9', '10', '9']) expectAnother(state, runId);
    expect(state.givenUp).toEqual(['9', '10']);
    expectNoOther(state, '9');
    expect(state.givenUp).toEqual(['10']);
  });
});

it('a job that came to nothing is forgotten, and what it is shown as', () => {
  const state = newLifeState('a-run', NOW_MS);
  takeCreated(state, PLAN, { job: CREATED, sentRunId: '9' }, NOW_MS);
  forgetJob(state);
  expect(state).toMatchObject({ attempt: 2, snapshot: { stage: 'preparing', polls: 0 } });
  expect(state).not.toHaveProperty('created');
  expect(Object.keys(state.snapshot)).toEqual(['stage', 'polls']);
});

it('jobs of somebody else are kept while they are waited for', () => {
  const state = newLifeState('a-run', NOW_MS);
  foreignSeen(state, [{ jobId: '5' }, { jobId: '6' }]);
  expect(state.foreignJobs).toEqual({ seen: ['5', '6'] });
  foreignDecided(state);
  expect(state.foreignJobs).toEqual({ seen: [], decided: true });
});
