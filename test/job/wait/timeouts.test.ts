import { expect, it } from 'vitest';
import { timeoutProblems, timeoutsOf, withTimeouts } from '../../../src/job/wait/timeouts.js';

const before = { queuedSinceMs: 1, runningSinceMs: 2, queueTimeoutMs: 60_000, runTimeoutMs: 3_600_000 };

it('what is left out stays as it was', () => {
  expect(withTimeouts(before, { runTimeout: '2h' })).toEqual({ ...before, runTimeoutMs: 7_200_000 });
  expect(withTimeouts(before, {})).toEqual(before);
});

it('null takes a limit away', () => {
  expect(timeoutsOf(withTimeouts(before, { queueTimeout: null }))).toEqual({ runTimeoutMs: 3_600_000 });
});

it('doing it twice is as good as doing it once', () => {
  const once = withTimeouts(before, { queueTimeout: 5_000, runTimeout: null });
  expect(withTimeouts(once, { queueTimeout: 5_000, runTimeout: null })).toEqual(once);
});

it.each([undefined, null, 7, 'soon', []])('%j is no set of limits', (given) => {
  expect(timeoutProblems(given)).toEqual(['expected a JSON object']);
});

it('names all that is wrong at once', () => {
  const problems = timeoutProblems({ queueTimeout: 'soon', runTimeout: -1, patience: 3 });
  expect(problems.map((text) => text.split(':')[0])).toEqual(['patience', 'queueTimeout', 'runTimeout']);
});

it('is content with durations of either spelling, with null and with nothing', () => {
  expect(timeoutProblems({ queueTimeout: '90s', runTimeout: 5_000 })).toEqual([]);
  expect(timeoutProblems({ queueTimeout: null })).toEqual([]);
  expect(timeoutProblems({})).toEqual([]);
});
