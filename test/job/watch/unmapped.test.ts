import { expect, test } from 'vitest';
import { dueOf, stillUnmapped, withEnded, type AskedFor, type Unmapped } from '../../../src/job/watch/unmapped.js';

const HOUR_MS = 3_600_000;
const SEEN_BY_NOBODY: AskedFor = { isMapped: false, nudged: [], isRefused: false };
const MAPPED: AskedFor = { isMapped: true, nudged: ['runJob-1'], isRefused: false };
const REFUSED: AskedFor = { isMapped: true, nudged: [], isRefused: true };

/** All of them were asked for: those that are named with this answer, the others in vain. */
function answered(unmapped: readonly Unmapped[], answers: Record<string, AskedFor>, nowMs: number): Unmapped[] {
  const asked = unmapped.map(({ jobId }): [string, AskedFor] => [jobId, answers[jobId] ?? SEEN_BY_NOBODY]);
  return stillUnmapped(unmapped, new Map(asked), nowMs);
}

/** Those are asked for whose jobs have ended, each a second after the one before. */
function asking(...jobIds: string[]): Unmapped[] {
  return withEnded([], jobIds.map(ended), 0).unmapped;
}

function ended(jobId: string): { jobId: string; endedMs: number } {
  return { jobId, endedMs: Number(jobId) * 1_000 };
}

test('a job is asked for until its workflow is visible', () => {
  const both = asking('1', '2');
  expect(answered(both, { '1': MAPPED }, 1_000)).toEqual([{ ...ended('2'), sinceMs: 0, askedMs: 1_000 }]);
});

test('a job whose workflow does not become visible is asked for for a minute, and no longer', () => {
  expect(answered(asking('1'), {}, 59_999)).toEqual([{ ...ended('1'), sinceMs: 0, askedMs: 59_999 }]);
  expect(answered(asking('1'), {}, 60_000)).toEqual([]);
});

test('a job whose workflow is never visible is asked for eight times in that minute', () => {
  let unmapped = asking('1');
  const askedMs: number[] = [];
  for (let nowMs = 0; nowMs <= 2 * 60_000; nowMs += 1_000) {
    if (dueOf(unmapped, nowMs).length === 0) continue;
    askedMs.push(nowMs);
    unmapped = answered(unmapped, {}, nowMs);
  }
  expect(askedMs).toEqual([0, 1, 2, 4, 8, 16, 32, 60].map((seconds) => seconds * 1_000));
  expect(unmapped).toEqual([]);
});

test('a job that is shown once more is not asked for any longer than before', () => {
  expect(withEnded(asking('1'), [ended('1'), ended('11')], 50_000).unmapped).toEqual([
    { ...ended('1'), sinceMs: 0 },
    { ...ended('11'), sinceMs: 50_000 },
  ]);
});

test.each([
  ['the newest ones first, as Keboola lists them', (ids: string[]) => [...ids].reverse()],
  ['the oldest ones first', (ids: string[]) => ids],
])('of fifteen hundred the latest ends are asked for, and which ones are not is told: %s', (_, listed) => {
  const ids = Array.from({ length: 1_500 }, (__, at) => String(at));
  const { unmapped, dropped } = withEnded([], listed(ids).map(ended), 0);
  expect(unmapped.map(({ jobId }) => Number(jobId)).sort((a, b) => a - b)[0]).toBe(500);
  expect(unmapped).toHaveLength(1_000);
  expect(dropped.sort((a, b) => Number(a) - Number(b))).toEqual(ids.slice(0, 500));
});

test('what is asked for already gives way to later ends', () => {
  const before = Array.from({ length: 1_000 }, (_, at) => String(at));
  const { unmapped, dropped } = withEnded(asking(...before), [ended('5000')], 0);
  expect(unmapped.map(({ jobId }) => jobId)).toContain('5000');
  expect(dropped).toEqual(['0']);
});

test('a job whose workflow could not be nudged is asked for again, also one that is mapped', () => {
  const still = answered(asking('1', '2'), { '1': REFUSED, '2': MAPPED }, 60_000);
  expect(still).toEqual([{ ...ended('1'), sinceMs: 60_000, refusals: { times: 1, atMs: 60_000 } }]);
  expect(answered(still, { '1': MAPPED }, 61_000)).toEqual([]);
});

test('a nudge that is refused is sent again ever less often, and for an hour at most', () => {
  let unmapped = asking('1');
  const sentMs: number[] = [];
  for (let nowMs = 0; nowMs <= 2 * HOUR_MS; nowMs += 1_000) {
    const due = dueOf(unmapped, nowMs);
    if (due.length === 0) continue;
    sentMs.push(nowMs);
    unmapped = stillUnmapped(unmapped, new Map([['1', REFUSED]]), nowMs);
  }
  expect(sentMs.slice(0, 9)).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183].map((seconds) => seconds * 1_000));
  expect(sentMs.length).toBeLessThan(70);
  expect(sentMs.at(-1)).toBeGreaterThan(0.9 * HOUR_MS);
  expect(unmapped).toEqual([]);
});

test('of several workflows of a job those that were nudged are known, and are not nudged once more', () => {
  const attached: AskedFor = { isMapped: false, nudged: ['waitForJob-1'], isRefused: false };
  const [one] = answered(asking('1'), { '1': attached }, 1_000);
  expect(one).toEqual({ ...ended('1'), sinceMs: 0, askedMs: 1_000, nudged: ['waitForJob-1'] });
});

test('a job that is not due stays as it is', () => {
  const unmapped = [{ ...ended('1'), sinceMs: 0, refusals: { times: 5, atMs: 0 } }];
  expect(dueOf(unmapped, 15_999)).toEqual([]);
  expect(stillUnmapped(unmapped, new Map(), 15_999)).toEqual(unmapped);
  expect(dueOf(unmapped, 16_000)).toEqual(unmapped);
});
