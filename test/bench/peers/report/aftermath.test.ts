import { expect, it } from 'vitest';
import { aftermathOf } from '../../../../bench/peers/report/aftermath.js';

const job = (jobId: string, key: string) => ({ jobId, key });

it('finds nothing wrong where every job exists once and its caller was told', () => {
  const written = [job('1', 'a'), job('2', 'b')];
  const answers = [
    { jobId: '2', answeredMs: 9_000 },
    { jobId: '1', answeredMs: 7_500 },
  ];
  expect(aftermathOf({ accepted: ['a', 'b'], written, answers, open: [], killedMs: 5_000 })).toEqual({
    accepted: 2,
    created: 2,
    doubled: 0,
    lost: 0,
    open: 0,
    untold: 0,
    lastToldMs: 4_000,
  });
});

it('counts a job that was created again as doubled, and the one that nobody waits for as untold', () => {
  const written = [job('1', 'a'), job('2', 'a'), job('3', 'a')];
  const answers = [{ jobId: '3', answeredMs: 6_000 }];
  expect(aftermathOf({ accepted: ['a'], written, answers, open: [], killedMs: 5_000 })).toEqual({
    accepted: 1,
    created: 3,
    doubled: 2,
    lost: 0,
    open: 0,
    untold: 2,
    lastToldMs: 1_000,
  });
});

it('counts what was accepted and never created as lost, and tells no time where nobody was told', () => {
  const written = [job('1', 'a')];
  expect(aftermathOf({ accepted: ['a', 'b', 'c'], written, answers: [], open: [], killedMs: 5_000 })).toEqual({
    accepted: 3,
    created: 1,
    doubled: 0,
    lost: 2,
    open: 0,
    untold: 1,
  });
});

it('does not take for lost what somebody is still at work on', () => {
  const written = [job('1', 'a')];
  const answers = [{ jobId: '1', answeredMs: 6_000 }];
  expect(aftermathOf({ accepted: ['a', 'b', 'c'], written, answers, open: ['b'], killedMs: 5_000 })).toEqual({
    accepted: 3,
    created: 1,
    doubled: 0,
    lost: 1,
    open: 1,
    untold: 0,
    lastToldMs: 1_000,
  });
});
