import { expect, test } from 'vitest';
import { longestUnread, withRead, type Candidate } from '../../../src/job/watch/canary.js';

const JOBS: Candidate[] = Array.from({ length: 60 }, (_, at) => ({ jobId: String(at), startMs: 1_000 - at }));

const [YOUNG, OLD]: [Candidate, Candidate] = [
  { jobId: 'young', startMs: 5_000 },
  { jobId: 'old', startMs: 0 },
];

const among = (readMs: Record<string, number>): string | undefined =>
  longestUnread([YOUNG, OLD], new Map(Object.entries(readMs)))?.jobId;

test('of sixty jobs each is read once before any is read again, the oldest one first', () => {
  let readMs = new Map<string, number>();
  const order: string[] = [];
  for (let round = 0; round < 120; round++) {
    const { jobId = '' } = longestUnread(JOBS, readMs) ?? {};
    order.push(jobId);
    readMs = withRead(readMs, JOBS, { jobId, nowMs: 2_000 + round });
  }
  const oldestFirst = JOBS.map(({ jobId }) => jobId).reverse();
  expect(order).toEqual([...oldestFirst, ...oldestFirst]);
});

test('a job that has just begun waits for its turn', () => {
  expect(among({ old: 4_000 })).toBe('old');
  expect(among({ old: 6_000 })).toBe('young');
});

test('where nothing is in flight nothing is read, and what has left is forgotten', () => {
  expect(longestUnread<Candidate>([], new Map([['1', 1]]))).toBeUndefined();
  const kept = withRead(new Map([['1', 1]]), [{ jobId: '2', startMs: 0 }], { jobId: '2', nowMs: 7 });
  expect([...kept]).toEqual([['2', 7]]);
});
