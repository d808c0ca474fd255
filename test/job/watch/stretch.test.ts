import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { fenceFor } from '../../../src/job/create/fence.js';
import type { PollPhase } from '../../../src/job/wait/poll-schedule.js';
import { mayRely, showsChildren, stretchedDelayMs, type WaitFacts } from '../../../src/job/watch/stretch.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const WATCHED: WaitFacts = {
  watched: true,
  nudgedInVain: false,
  attached: false,
  found: false,
  awaitsLateJobs: false,
  isShown: true,
  hasChildren: false,
  runId: `${fenceFor('run', 1)}.7`,
  budgets: { queuedSinceMs: 0 },
};

/** Without any jitter. */
function delayMs(phase: PollPhase, ageMs: number, knowsChildren = true): number | undefined {
  return stretchedDelayMs({ phase, ageMs, knowsChildren, random: () => 0.5 });
}

describe('a wait', () => {
  it('relies on being nudged where its job is watched', () => {
    expect(mayRely(WATCHED)).toBe(true);
  });

  it.each<[string, Partial<WaitFacts>]>([
    ['while nobody watches', { watched: false }],
    ['once it was nudged for nothing', { nudgedInVain: true }],
    ['for a job of somebody else', { attached: true }],
    ['for a job that had to be found', { found: true }],
    ['while a job that was given up may come', { awaitsLateJobs: true }],
    ['while Temporal does not show whose job it is', { isShown: false }],
    ['for a job whose children are to be shown', { hasChildren: true }],
    ['for a job without a fence', { runId: '7' }],
    ['for a job whose run id is not known', { runId: '' }],
    ['while the job may not wait for ever', { budgets: { queuedSinceMs: 0, queueTimeoutMs: HOUR_MS } }],
    ['where the job may not run for ever', { budgets: { queuedSinceMs: 0, runTimeoutMs: HOUR_MS } }],
    [
      'while the job may not run for ever',
      { budgets: { queuedSinceMs: 0, runTimeoutMs: HOUR_MS, runningSinceMs: 1, queueTimeoutMs: 1 } },
    ],
  ])('does not rely on it %s', (_, facts) => {
    expect(mayRely({ ...WATCHED, ...facts })).toBe(false);
  });

  it('relies on it once a job that had to start in time has started', () => {
    const budgets = { queuedSinceMs: 0, queueTimeoutMs: HOUR_MS, runningSinceMs: 1 };
    expect(mayRely({ ...WATCHED, budgets })).toBe(true);
  });
});

describe('a job whose end will be told', () => {
  it('is read ten seconds after its creation, and then by the plain schedule until it runs', () => {
    expect(delayMs('waiting', 0)).toBe(10_000);
    expect(delayMs('waiting', 4_000)).toBe(6_000);
    expect(delayMs('waiting', 9_000)).toBeUndefined();
    expect(delayMs('waiting', HOUR_MS)).toBeUndefined();
  });

  it.each([
    [0, 30],
    [29, 70],
    [30, 70],
    [69, 130],
    [70, 130],
    [129, 190],
    [130, 190],
    [191, 250],
    [480, 490],
  ])('is read again, when it has run for %i minutes, at %i', (age, next) => {
    expect(delayMs('processing', age * MINUTE_MS)).toBe((next - age) * MINUTE_MS);
  });

  it('is read by the plain schedule while it is being stopped', () => {
    expect(delayMs('terminating', 0)).toBeUndefined();
  });

  it('is read once it has run for ten seconds where its children are to be known, and then by the plain schedule until they are', () => {
    expect(delayMs('processing', 0, false)).toBe(10_000);
    expect(delayMs('processing', 7_000, false)).toBe(3_000);
    expect(delayMs('processing', 8_500, false)).toBeUndefined();
    expect(delayMs('processing', HOUR_MS, false)).toBeUndefined();
    expect(delayMs('terminating', 0, false)).toBeUndefined();
  });
});

it.each<[PollPhase, number, boolean]>([
  ['processing', 0, false],
  ['processing', 8_499, false],
  ['processing', 8_500, true],
  ['waiting', HOUR_MS, false],
  ['terminating', HOUR_MS, false],
])('the children of a job whose phase is "%s" for %i ms are to be seen: %s', (phase, ageMs, are) => {
  const clock = { phase, startedAtMs: MINUTE_MS, lastLookMs: MINUTE_MS };
  expect(showsChildren(clock, MINUTE_MS + ageMs)).toBe(are);
});

test.each([
  [1, 1],
  [8, 8],
])('in %i hours a job that runs is read %i times, or once more', (hours, reads) => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })), (randoms) => {
      let [ageMs, count] = [0, 0];
      for (; ; count++) {
        ageMs +=
          stretchedDelayMs({
            phase: 'processing',
            ageMs,
            knowsChildren: true,
            random: () => Number(randoms.next().value),
          }) ?? Number.NaN;
        expect(ageMs).not.toBeNaN();
        if (ageMs > hours * HOUR_MS) break;
      }
      expect(count).toBeGreaterThanOrEqual(reads);
      expect(count).toBeLessThanOrEqual(reads + 1);
    }),
  );
});
