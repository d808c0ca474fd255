import { expect, it } from 'vitest';
import {
  announceLook,
  countLooks,
  enterStage,
  lookIsDue,
  takeDescendants,
  takeNote,
} from '../../../src/job/life/showing.js';
import { newLifeState } from '../../../src/job/life-state.js';
import { NOW_MS } from '../../support/life.js';

it('a look that is due is shown until it is taken, or the life comes to another stage', () => {
  const state = newLifeState('a-run', NOW_MS);
  const announced = { stage: 'preparing', polls: 0, nextPollTime: '2026-01-01T00:00:00.000Z', watched: true };
  announceLook(state, NOW_MS, true);
  expect(state.snapshot).toEqual(announced);
  lookIsDue(state);
  expect(state.snapshot).toEqual({ stage: 'preparing', polls: 0 });
  announceLook(state, NOW_MS, true);
  enterStage(state, 'stopping');
  expect(state.snapshot).toEqual({ stage: 'stopping', polls: 0 });
});

it('a look that does not rely on being told of the end says so', () => {
  const state = newLifeState('a-run', NOW_MS);
  announceLook(state, NOW_MS, false);
  expect(state.snapshot).not.toHaveProperty('watched');
});

it('a look that was not taken after all is not counted', () => {
  const state = newLifeState('a-run', NOW_MS);
  for (const looks of [1, 1, -1] as const) countLooks(state, looks);
  expect(state.snapshot.polls).toBe(1);
});

it('a note stands until there is nothing more to be told', () => {
  const state = newLifeState('a-run', NOW_MS);
  takeNote(state, 'Waits');
  expect(state.snapshot.note).toBe('Waits');
  takeNote(state, undefined);
  expect(state.snapshot).not.toHaveProperty('note');
});

it('jobs below are shown once there are some, and why not each of them has a workflow', () => {
  const state = newLifeState('a-run', NOW_MS);
  const seen = { settled: false, jobs: 0, open: 0, counts: {}, treeJobs: 1, children: [] };
  takeDescendants(state, state.descendants, seen);
  expect(state.snapshot).not.toHaveProperty('children');
  const counts = { waiting: 2 };
  takeDescendants(state, { ...state.descendants, digest: 'too many' }, { ...seen, jobs: 2, open: 2, counts });
  expect(state.snapshot.children).toEqual({ jobs: 2, counts, digest: 'too many' });
});
