import { expect, it } from 'vitest';
import { choose, type Hit } from '../../src/job/create/creation.js';

const job = (jobId: string, startTime?: string): Hit => ({
  view: {
    jobId,
    runId: `9.${jobId}`,
    status: 'processing',
    component: 'c',
    ...(startTime !== undefined && { startTime }),
  },
  url: `http://k/${jobId}`,
});

it('of no job none is kept', () => {
  expect(choose([])).toBeUndefined();
});

it('of several that wait the first that was made is kept, by number and not by letter', () => {
  const [old, young] = [job('9'), job('10')];
  expect(choose([young, old])).toEqual({ keep: old, extras: [young] });
});

it('the one that has started is kept before an older one', () => {
  const [old, started, young] = [job('1'), job('2', '2026-01-01T00:00:00Z'), job('3')];
  expect(choose([young, old, started])).toEqual({ keep: started, extras: [old, young] });
});

it.each(['terminated', 'terminating', 'cancelled'])('one that is %s is kept only if there is no other', (status) => {
  const going = job('2');
  const first = job('1', '2026-01-01T00:00:00Z');
  const stopped = { ...first, view: { ...first.view, status } };
  expect(choose([going, stopped])).toEqual({ keep: going, extras: [stopped] });
  expect(choose([stopped])).toEqual({ keep: stopped, extras: [] });
});
