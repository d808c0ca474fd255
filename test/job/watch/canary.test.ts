import { expect, test } from 'vitest';
import { longestUnread, NEVER_AGAIN, OldestAge, withRead, type Candidate } from '../../../src/job/watch/canary.js';

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
    readMs = withRead(readMs, JOBS, { jobId, atMs: 2_000 + round });
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
  const kept = withRead(new Map([['1', 1]]), [{ jobId: '2', startMs: 0 }], { jobId: '2', atMs: 7 });
  expect([...kept]).toEqual([['2', 7]]);
});

test('a job that proves nothing is not read any more', () => {
  expect(among({ old: NEVER_AGAIN })).toBe('young');
  expect(among({ old: NEVER_AGAIN, young: NEVER_AGAIN })).toBeUndefined();
});

/** Of ten thousand jobs that begin one after the other, those that are still there after so many asks of a page of sixty. */
function oldestSeen(everyMs: number, asks: number): number {
  const page = 60;
  const startsMs = Array.from({ length: 10_000 }, (_, at) => -at * everyMs);
  const oldest = new OldestAge();
  let found = 0;
  for (let ask = 0; ask < asks; ask++) {
    const beforeMs = oldest.startedBeforeMs(0);
    const shown = startsMs.filter((startMs) => startMs < beforeMs).slice(0, page);
    oldest.seen(shown.length, page);
    found = shown.at(-1) ?? found;
  }
  return found / (startsMs.at(-1) ?? 1);
}

test.each([200, 3_000, 60_000])('the oldest of many jobs are found that begin every %i ms, page by page', (everyMs) => {
  expect(oldestSeen(everyMs, 40)).toBeGreaterThan(0.6);
});

test('they are found anew once the oldest ones have ended', () => {
  const oldest = new OldestAge();
  for (let ask = 0; ask < 20; ask++) oldest.seen(60, 60);
  expect(oldest.startedBeforeMs(0)).toBeLessThan(-3_600_000);
  for (let ask = 0; ask < 60; ask++) oldest.seen(0, 60);
  expect(oldest.startedBeforeMs(0)).toBe(-10_000);
});
