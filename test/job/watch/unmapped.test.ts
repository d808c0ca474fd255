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

test('a job is asked for until its workflow is visible', () => {
  const ended = withEnded([], ['1', '2'], 0);
  expect(answered(ended, { '1': MAPPED }, 1_000)).toEqual([{ jobId: '2', sinceMs: 0 }]);
});

test('a job whose workflow does not become visible is asked for for a minute, and no longer', () => {
  const ended = withEnded([], ['1'], 0);
  expect(answered(ended, {}, 59_999)).toEqual(ended);
  expect(answered(ended, {}, 60_000)).toEqual([]);
});

test('a job that is shown once more is not asked for any longer than before', () => {
  expect(withEnded([{ jobId: '1', sinceMs: 0 }], ['1', '11'], 50_000)).toEqual([
    { jobId: '1', sinceMs: 0 },
    { jobId: '11', sinceMs: 50_000 },
  ]);
});

test('a clock that was set back does not make it last for ever', () => {
  expect(answered([{ jobId: '1', sinceMs: 3_600_000 }], {}, 0)).toEqual([]);
  expect(dueOf([{ jobId: '1', sinceMs: 0, refusals: { times: 5, atMs: HOUR_MS } }], 0)).toHaveLength(1);
});

test('of a thousand and more the latest are asked for', () => {
  const many = Array.from({ length: 1_200 }, (_, at) => String(at));
  const unmapped = withEnded([], many, 0);
  expect(unmapped).toHaveLength(1_000);
  expect(unmapped.at(-1)?.jobId).toBe('1199');
});

test('a job whose workflow could not be nudged is asked for again, also one that is mapped', () => {
  const ended = withEnded([], ['1', '2'], 0);
  const still = answered(ended, { '1': REFUSED, '2': MAPPED }, 60_000);
  expect(still).toEqual([{ jobId: '1', sinceMs: 60_000, refusals: { times: 1, atMs: 60_000 } }]);
  expect(answered(still, { '1': MAPPED }, 61_000)).toEqual([]);
});

test('a nudge that is refused is sent again ever less often, and for an hour at most', () => {
  let unmapped = withEnded([], ['1'], 0);
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
  const [one] = answered(withEnded([], ['1'], 0), { '1': attached }, 1_000);
  expect(one).toEqual({ jobId: '1', sinceMs: 0, nudged: ['waitForJob-1'] });
});

test('a job that is not due stays as it is', () => {
  const unmapped = [{ jobId: '1', sinceMs: 0, refusals: { times: 5, atMs: 0 } }];
  expect(dueOf(unmapped, 15_999)).toEqual([]);
  expect(stillUnmapped(unmapped, new Map(), 15_999)).toEqual(unmapped);
  expect(dueOf(unmapped, 16_000)).toEqual(unmapped);
});
