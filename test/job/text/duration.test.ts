import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { durationMs } from '../../../src/job/text/duration.js';

const DAY_MS = 86_400_000;

describe('a duration', () => {
  test.each([
    ['1ms', 1],
    ['90s', 90_000],
    ['90 s', 90_000],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
    ['1d', DAY_MS],
    ['365d', 365 * DAY_MS],
    [1, 1],
    [60_000, 60_000],
    [1_500.4, 1_500],
    [365 * DAY_MS, 365 * DAY_MS],
  ])('of %j is %d ms', (given, ms) => {
    expect(durationMs(given)).toBe(ms);
  });

  test.each([
    '',
    '90',
    '90x',
    's',
    '-1s',
    '+1s',
    '1e3s',
    '1,5h',
    '1h30m',
    ' 1s',
    '1s ',
    '0s',
    '0.0001ms',
    '366d',
    '1S',
    '9'.repeat(400) + 'd',
    '99999999999d',
    'Infinityd',
    '0x10s',
    '1s\n',
    0,
    0.4,
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    365 * DAY_MS + 1,
    2 ** 60,
    undefined,
    null,
    true,
    {},
    [],
    ['1s'],
  ])('is not %j', (given) => {
    expect(durationMs(given)).toBeUndefined();
  });

  test('is the same in every unit', () => {
    const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.entries(units)),
        fc.integer({ min: 1, max: 8_760 }),
        ([unit, ms], amount) => {
          expect(durationMs(`${amount}${unit}`)).toBe(amount * ms);
          expect(durationMs(amount * ms)).toBe(amount * ms);
        },
      ),
    );
  });

  test('is positive, whole and bounded, whatever was given', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.double(), fc.string(), fc.anything(), fc.stringMatching(/^\d{1,15}(ms|s|m|h|d)$/)),
        (given) => {
          const ms = durationMs(given);
          if (ms === undefined) return;
          expect(Number.isInteger(ms) && ms > 0 && ms <= 365 * DAY_MS).toBe(true);
        },
      ),
    );
  });
});
