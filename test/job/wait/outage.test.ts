import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  backoffMs,
  bearOnce,
  givenUpAs,
  outageLeftMs,
  outageAfter,
  TOKEN_REFUSED_MS_MAX,
  UNREACHABLE_MS_MAX,
  type Outage,
} from '../../../src/job/wait/outage.js';
import type { NoAnswer } from '../../../src/job/failure/no-answer.js';

const MINUTE_MS = 60_000;
const silence: NoAnswer = { kind: 'no-answer', message: 'the connection broke' };
const refusal: NoAnswer = { kind: 'no-answer', message: 'the token was refused', tokenRefused: true };

function strained(answers: readonly NoAnswer[], everyMs: number): Outage {
  let outage: Outage | undefined;
  answers.forEach((answer, index) => (outage = outageAfter(outage, answer, index * everyMs)));
  return outage!;
}

test('outage counts from the first failed look, however many follow', () => {
  const outage = strained([silence, silence, silence], MINUTE_MS);
  expect(outage).toEqual({ sinceMs: 0, failures: 3, message: 'the connection broke' });
});

test('a thousand failures do not end a wait; a day of them does', () => {
  const outage = strained(new Array<NoAnswer>(1_000).fill(silence), MINUTE_MS);
  expect(givenUpAs(outage, UNREACHABLE_MS_MAX - 1)).toBeUndefined();
  expect(givenUpAs(outage, UNREACHABLE_MS_MAX)).toBe('KeboolaUnreachable');
});

test('a refused token ends a wait after an hour', () => {
  const outage = strained([refusal, refusal], MINUTE_MS);
  expect(givenUpAs(outage, TOKEN_REFUSED_MS_MAX - 1)).toBeUndefined();
  expect(givenUpAs(outage, TOKEN_REFUSED_MS_MAX)).toBe('TokenRefused');
});

test('the hour of a refused token starts with the refusal, not with the silence before it', () => {
  const outage = strained([silence, refusal], 30 * MINUTE_MS);
  expect(givenUpAs(outage, TOKEN_REFUSED_MS_MAX)).toBeUndefined();
  expect(givenUpAs(outage, TOKEN_REFUSED_MS_MAX + 30 * MINUTE_MS)).toBe('TokenRefused');
});

test('any other answer between two refusals starts the hour again', () => {
  const outage = strained([refusal, silence, refusal], 30 * MINUTE_MS);
  expect(outage.tokenRefusedSinceMs).toBe(60 * MINUTE_MS);
  expect(givenUpAs(outage, 90 * MINUTE_MS)).toBeUndefined();
});

test('a Retry-After is forgotten with the answer that carried it', () => {
  const asked = outageAfter(undefined, { ...silence, retryAfterMs: 5_000 }, 0);
  expect(asked.retryAfterMs).toBe(5_000);
  expect(outageAfter(asked, silence, 1).retryAfterMs).toBeUndefined();
});

test('the back-off doubles from a second to a minute', () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 8, 500].map((failures) =>
    backoffMs({ sinceMs: 0, failures, message: '' }, () => 0),
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
        const outage = { sinceMs: 0, failures, message: '', ...(retryAfterMs !== undefined && { retryAfterMs }) };
        const plainMs = backoffMs({ sinceMs: 0, failures, message: '' }, () => 0);
        const delayMs = backoffMs(outage, () => at);
        expect(delayMs).toBeGreaterThanOrEqual(Math.max(plainMs, retryAfterMs ?? 0));
        expect(delayMs).toBeLessThanOrEqual(Math.max(1.25 * plainMs, retryAfterMs ?? 0) + 1);
      },
    ),
  );
});

test('how long it is borne yet is told by what ends first', () => {
  expect(outageLeftMs(strained([silence], 0), MINUTE_MS)).toBe(UNREACHABLE_MS_MAX - MINUTE_MS);
  expect(outageLeftMs(strained([refusal], 0), MINUTE_MS)).toBe(TOKEN_REFUSED_MS_MAX - MINUTE_MS);
  const refusedLate: Outage = {
    sinceMs: 0,
    tokenRefusedSinceMs: UNREACHABLE_MS_MAX - MINUTE_MS,
    failures: 9,
    message: '',
  };
  expect(outageLeftMs(refusedLate, UNREACHABLE_MS_MAX - MINUTE_MS)).toBe(MINUTE_MS);
  expect(outageLeftMs(refusedLate, 2 * UNREACHABLE_MS_MAX)).toBe(0);
});

test('what was not asked leaves the silence as it was, and takes its own time', () => {
  const deferred: NoAnswer = { ...silence, deferredMs: 7_000 };
  const before: Outage = { sinceMs: 0, failures: 3, message: 'it was silent' };
  const unused = (): number => {
    throw new Error('no random number is wanted');
  };
  for (const outage of [undefined, before]) {
    expect(bearOnce(outage, deferred, 2 * UNREACHABLE_MS_MAX, unused)).toEqual({
      kind: 'again',
      outage,
      delayMs: 7_000,
    });
  }
});

test('a question without an answer is asked again until it is given up, under a name', () => {
  const silent = bearOnce(undefined, silence, 0, () => 0);
  expect(silent).toMatchObject({ kind: 'again', delayMs: 1_000, outage: { sinceMs: 0, failures: 1 } });
  expect(bearOnce(silent.outage, silence, UNREACHABLE_MS_MAX, () => 0)).toMatchObject({
    kind: 'given-up',
    as: 'KeboolaUnreachable',
    outage: { failures: 2 },
  });
});
