import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addRun,
  delayBesideMs,
  nextDelayMs,
  STEP_MS_MIN,
  type PollMoment,
  type RunHistory,
} from '../../../src/job/wait/poll-schedule.js';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const JITTER = 0.1;

const phase = fc.constantFrom<PollMoment['phase']>('waiting', 'processing', 'terminating');
const ageMs = fc.oneof(
  fc.nat(2 * SECOND_MS),
  fc.nat(48 * HOUR_MS),
  fc.double({ min: 0, max: 1e15, noNaN: true }),
  fc.constant(0),
);
const uniform = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const durationSeconds = fc.double({ min: 0.5, max: 100_000, noNaN: true });
const history = fc.array(durationSeconds, { minLength: 3, maxLength: 30 }).map(historyOf);
const anyNumber = fc.double();
const anyHistory = fc.record({ count: anyNumber, meanLn: anyNumber, m2Ln: anyNumber });

const middle = (): number => 0.5;

function historyOf(durations: readonly number[]): RunHistory {
  return durations.reduce<RunHistory>((before, seconds) => addRun(before, seconds), { count: 0, meanLn: 0, m2Ln: 0 });
}

/** Twenty runs of five minutes, give or take a third. */
const FIVE_MINUTES = historyOf(Array.from({ length: 20 }, (_, index) => 300 * Math.exp(0.3 * Math.sin(index))));

test('a step lasts at least a second, the least that a durable timer can do', () => {
  fc.assert(
    fc.property(phase, ageMs, fc.option(history, { nil: undefined }), uniform, (phase, ageMs, history, at) => {
      const delayMs = nextDelayMs({ phase, ageMs, history, random: () => at });
      expect(delayMs).toBeGreaterThanOrEqual(STEP_MS_MIN);
      expect(Number.isInteger(delayMs)).toBe(true);
    }),
  );
});

test('a step without history lasts at most a minute and its jitter', () => {
  fc.assert(
    fc.property(phase, ageMs, uniform, (phase, ageMs, at) => {
      expect(nextDelayMs({ phase, ageMs, random: () => at })).toBeLessThanOrEqual(66 * SECOND_MS);
    }),
  );
});

test('a step while the job is being stopped lasts at most a quarter of a minute and its jitter', () => {
  fc.assert(
    fc.property(ageMs, fc.option(history, { nil: undefined }), uniform, (ageMs, history, at) => {
      const delayMs = nextDelayMs({ phase: 'terminating', ageMs, history, random: () => at });
      expect(delayMs).toBeLessThanOrEqual(16.5 * SECOND_MS);
    }),
  );
});

test('no age, pace or history, however odd, makes the delay anything but a number within an hour', () => {
  fc.assert(
    fc.property(phase, anyNumber, anyNumber, anyHistory, uniform, (phase, ageMs, paceFactor, history, at) => {
      const delayMs = nextDelayMs({ phase, ageMs, paceFactor, history, random: () => at });
      expect(delayMs).toBeGreaterThanOrEqual(STEP_MS_MIN);
      expect(delayMs).toBeLessThanOrEqual(HOUR_MS);
    }),
  );
});

test('jitter moves a step by a tenth at most', () => {
  fc.assert(
    fc.property(phase, ageMs, fc.option(history, { nil: undefined }), uniform, (phase, ageMs, history, at) => {
      const plainMs = nextDelayMs({ phase, ageMs, history, random: middle });
      const delayMs = nextDelayMs({ phase, ageMs, history, random: () => at });
      // One more millisecond for rounding.
      expect(Math.abs(delayMs - plainMs)).toBeLessThanOrEqual(JITTER * plainMs + 1);
    }),
  );
});

test('jitter reaches both sides', () => {
  const at = (random: number) => nextDelayMs({ phase: 'waiting', ageMs: 100 * SECOND_MS, random: () => random });
  expect([at(0), at(0.5), at(0.999_999)]).toEqual([9_000, 10_000, 11_000]);
});

test('without history a step never shrinks with age', () => {
  fc.assert(
    fc.property(phase, ageMs, ageMs, (phase, one, other) => {
      const [younger, older] = one < other ? [one, other] : [other, one];
      const step = (ageMs: number) => nextDelayMs({ phase, ageMs, random: middle });
      expect(step(older)).toBeGreaterThanOrEqual(step(younger));
    }),
  );
});

test('without history a step is a tenth of the age', () => {
  const step = (ageMs: number) => nextDelayMs({ phase: 'processing', ageMs, random: middle });
  expect(step(0)).toBe(1_000);
  expect(step(100 * SECOND_MS)).toBe(10_000);
  expect(step(10 * HOUR_MS)).toBe(60_000);
});

test('with history no step is more than a quarter of the age, or a second, plus jitter', () => {
  fc.assert(
    fc.property(ageMs, history, uniform, (ageMs, history, at) => {
      const delayMs = nextDelayMs({ phase: 'processing', ageMs, history, random: () => at });
      const afterWindow = 60 * SECOND_MS;
      const beforeWindow = Math.max(SECOND_MS, 0.25 * ageMs);
      // Inside of the window the step may follow the usual duration, but then no further than a minute.
      expect(delayMs).toBeLessThanOrEqual((1 + JITTER) * Math.max(beforeWindow, afterWindow) + 1);
      expect(delayMs).toBeLessThanOrEqual((1 + JITTER) * 300 * SECOND_MS + 1);
    }),
  );
});

test('before the window a wrong history costs at most a quarter of the age', () => {
  const longRuns = historyOf([90_000, 90_000, 90_000, 90_000]);
  fc.assert(
    fc.property(fc.nat(30_000 * SECOND_MS), (ageMs) => {
      const delayMs = nextDelayMs({ phase: 'processing', ageMs, history: longRuns, random: middle });
      expect(delayMs).toBeLessThanOrEqual(Math.max(SECOND_MS, 0.25 * ageMs) + 1);
    }),
  );
});

test('a history that is far too long or too short never silences the schedule', () => {
  for (const history of [historyOf([1, 1, 1]), historyOf([1e9, 1e9, 1e9])]) {
    fc.assert(
      fc.property(fc.nat(48 * HOUR_MS), (ageMs) => {
        const delayMs = nextDelayMs({ phase: 'processing', ageMs, history, random: middle });
        expect(delayMs).toBeLessThanOrEqual(300 * SECOND_MS);
      }),
    );
  }
});

test('a history that is no history leaves the plain schedule', () => {
  const step = (history: RunHistory | undefined) =>
    nextDelayMs({ phase: 'processing', ageMs: 200 * SECOND_MS, history, random: middle });
  expect(step({ count: 20, meanLn: Number.NaN, m2Ln: 1 })).toBe(step(undefined));
  expect(step({ count: 20, meanLn: 5, m2Ln: -1_000 })).toBe(step(undefined));
  expect(step({ count: 20, meanLn: 10_000, m2Ln: 1 })).toBe(step(undefined));
});

test('history spreads the reads out before the usual end and draws them together around it', () => {
  const step = (ageMs: number, history?: RunHistory) =>
    nextDelayMs({ phase: 'processing', ageMs, history, random: middle });
  expect(step(100 * SECOND_MS, FIVE_MINUTES)).toBeGreaterThan(2 * step(100 * SECOND_MS));
  expect(step(300 * SECOND_MS, FIVE_MINUTES)).toBeLessThan(0.6 * step(300 * SECOND_MS));
});

test('the last step before the window ends where the window opens', () => {
  const opensMs = firstAgeOfWindow(FIVE_MINUTES);
  const delayMs = nextDelayMs({
    phase: 'processing',
    ageMs: opensMs - 5 * SECOND_MS,
    history: FIVE_MINUTES,
    random: middle,
  });
  expect(delayMs).toBeCloseTo(5 * SECOND_MS, -2);
});

test('history counts only while the job runs, and only from three runs on', () => {
  const two = historyOf([300, 300]);
  const moment = { ageMs: 100 * SECOND_MS, random: middle };
  expect(nextDelayMs({ ...moment, phase: 'waiting', history: FIVE_MINUTES })).toBe(10_000);
  expect(nextDelayMs({ ...moment, phase: 'processing', history: two })).toBe(10_000);
  expect(nextDelayMs({ ...moment, phase: 'processing', history: addRun(two, 300) })).toBe(25_000);
});

test('the pace factor stretches a step in proportion and never shortens it', () => {
  fc.assert(
    fc.property(fc.nat(HOUR_MS), fc.double({ min: 0, max: 20, noNaN: true }), (ageMs, paceFactor) => {
      const plainMs = nextDelayMs({ phase: 'processing', ageMs, random: middle });
      const pacedMs = nextDelayMs({ phase: 'processing', ageMs, paceFactor, random: middle });
      expect(Math.abs(pacedMs - plainMs * Math.max(1, paceFactor))).toBeLessThanOrEqual(paceFactor + 1);
    }),
  );
});

test('three numbers hold mean and variance of any number of runs', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 }),
      (durations) => {
        const logs = durations.map(Math.log);
        const mean = logs.reduce((sum, ln) => sum + ln, 0) / logs.length;
        const squares = logs.reduce((sum, ln) => sum + (ln - mean) ** 2, 0);
        const history = historyOf(durations);
        expect(history.count).toBe(durations.length);
        expect(history.meanLn).toBeCloseTo(mean, 8);
        expect(history.m2Ln).toBeCloseTo(squares, 6);
      },
    ),
  );
});

test('a duration that is none leaves the history as it was', () => {
  expect(addRun(FIVE_MINUTES, Number.NaN)).toEqual(FIVE_MINUTES);
  expect(addRun(FIVE_MINUTES, Number.POSITIVE_INFINITY)).toEqual(FIVE_MINUTES);
  expect(addRun(undefined, Number.NaN)).toEqual({ count: 0, meanLn: 0, m2Ln: 0 });
});

test('durations under a second count as a second', () => {
  expect(addRun(undefined, 0)).toEqual(addRun(undefined, 1));
  expect(addRun(undefined, -5)).toEqual({ count: 1, meanLn: 0, m2Ln: 0 });
});

/** Before the window a step never exceeds a quarter of the age nor passes its opening: so step until it is 5 %. */
function firstAgeOfWindow(history: RunHistory): number {
  for (let ageMs = 50 * SECOND_MS; ageMs < HOUR_MS; ageMs += 10) {
    const [step, next] = [ageMs, ageMs + 10].map((at) =>
      nextDelayMs({ phase: 'processing', ageMs: at, history, random: middle }),
    );
    if (step === SECOND_MS && next! > 2 * SECOND_MS) return ageMs;
  }
  throw new Error('no window');
}

test('what has to end first is asked for the more seldom the longer it lasts, every two seconds to a minute', () => {
  const delays = [0, 20, 100, 600, 86_400].map((seconds) => delayBesideMs(seconds * SECOND_MS, () => 0));
  expect(delays).toEqual([2_000, 2_000, 10_000, 60_000, 60_000]);
  expect(delayBesideMs(HOUR_MS, () => 0.5)).toBe(67_500);
});
