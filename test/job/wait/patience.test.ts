import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  backOffMs,
  exhausted,
  patienceLeftMs,
  strain,
  TOKEN_REFUSED_MS_MAX,
  UNREACHABLE_MS_MAX,
  type Patience,
} from '../../../src/job/wait/patience.js';
import type { NoAnswer } from '../../../src/job/failure/no-answer.js';

const MINUTE_MS = 60_000;
const silence: NoAnswer = { kind: 'no-answer', message: 'the connection broke' };
const refusal: NoAnswer = { kind: 'no-answer', message: 'the token was refused', tokenRefused: true };

function strained(answers: readonly NoAnswer[], everyMs: number): Patience {
  let patience: Patience | undefined;
  answers.forEach((answer, index) => (patience = strain(patience, answer, index * everyMs)));
  return patience!;
}

test('patience counts from the first failed look, however many follow', () => {
  const patience = strained([silence, silence, silence], MINUTE_MS);
  expect(patience).toEqual({ sinceMs: 0, failures: 3, message: 'the connection broke' });
});

test('a thousand failures do not end a wait; a day of them does', () => {
  const patience = strained(new Array<NoAnswer>(1_000).fill(silence), MINUTE_MS);
  expect(exhausted(patience, UNREACHABLE_MS_MAX - 1)).toBeUndefined();
  expect(exhausted(patience, UNREACHABLE_MS_MAX)).toBe('KeboolaUnreachable');
});

test('a refused token ends a wait after an hour', () => {
  const patience = strained([refusal, refusal], MINUTE_MS);
  expect(exhausted(patience, TOKEN_REFUSED_MS_MAX - 1)).toBeUndefined();
  expect(exhausted(patience, TOKEN_REFUSED_MS_MAX)).toBe('TokenRefused');
});

test('the hour of a refused token starts with the refusal, not with the silence before it', () => {
  const patience = strained([silence, refusal], 30 * MINUTE_MS);
  expect(exhausted(patience, TOKEN_REFUSED_MS_MAX)).toBeUndefined();
  expect(exhausted(patience, TOKEN_REFUSED_MS_MAX + 30 * MINUTE_MS)).toBe('TokenRefused');
});

test('any other answer between two refusals starts the hour again', () => {
  const patience = strained([refusal, silence, refusal], 30 * MINUTE_MS);
  expect(patience.tokenRefusedSinceMs).toBe(60 * MINUTE_MS);
  expect(exhausted(patience, 90 * MINUTE_MS)).toBeUndefined();
});

test('a Retry-After is forgotten with the answer that carried it', () => {
  const asked = strain(undefined, { ...silence, retryAfterMs: 5_000 }, 0);
  expect(asked.retryAfterMs).toBe(5_000);
  expect(strain(asked, silence, 1).retryAfterMs).toBeUndefined();
});

test('the back-off doubles from a second to a minute', () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 8, 500].map((failures) =>
    backOffMs({ sinceMs: 0, failures, message: '' }, () => 0),
  );
  expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

test('the back-off is spread by a quarter and obeys a Retry-After that asks for more', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.option(fc.nat(60 * MINUTE_MS), { nil: undefined }),
      (failures, at, retryAfterMs) => {
        const patience = { sinceMs: 0, failures, message: '', ...(retryAfterMs !== undefined && { retryAfterMs }) };
        const plainMs = backOffMs({ sinceMs: 0, failures, message: '' }, () => 0);
        const delayMs = backOffMs(patience, () => at);
        expect(delayMs).toBeGreaterThanOrEqual(Math.max(plainMs, retryAfterMs ?? 0));
        expect(delayMs).toBeLessThanOrEqual(Math.max(1.25 * plainMs, retryAfterMs ?? 0) + 1);
      },
    ),
  );
});

test('how long it is borne yet is told by what ends first', () => {
  expect(patienceLeftMs(strained([silence], 0), MINUTE_MS)).toBe(UNREACHABLE_MS_MAX - MINUTE_MS);
  expect(patienceLeftMs(strained([refusal], 0), MINUTE_MS)).toBe(TOKEN_REFUSED_MS_MAX - MINUTE_MS);
  const refusedLate: Patience = {
    sinceMs: 0,
    tokenRefusedSinceMs: UNREACHABLE_MS_MAX - MINUTE_MS,
    failures: 9,
    message: '',
  };
  expect(patienceLeftMs(refusedLate, UNREACHABLE_MS_MAX - MINUTE_MS)).toBe(MINUTE_MS);
  expect(patienceLeftMs(refusedLate, 2 * UNREACHABLE_MS_MAX)).toBe(0);
});
