import { expect, it } from 'vitest';
import { listsIn } from '../../../bench/scale/lists.js';

const LOG = [
  { number: 7, route: 'list', path: '/queue/jobs?q=runId%3A1' },
  { number: 8, route: 'list', path: '/queue/jobs?q=status%3A%28success%29+AND+endTime%3A%5B2026' },
  { number: 9, route: 'read', path: '/queue/job/9' },
  { number: 10, route: 'list', path: '/queue/jobs?q=runId%3A2' },
  { number: 11, route: 'list', path: '/queue/jobs?q=runId%3A2' },
];

it("tells the watcher's lists of ends from those of the jobs of a tree", () => {
  expect(listsIn(LOG, 7)).toEqual({ ended: 1, tree: 2 });
  expect(listsIn(LOG, 6)).toEqual({ ended: 1, tree: 3 });
  expect(listsIn([], 0)).toEqual({ ended: 0, tree: 0 });
});

it('counts nothing where the log does not go back so far', () => {
  expect(() => listsIn(LOG, 5)).toThrow('too short');
});
