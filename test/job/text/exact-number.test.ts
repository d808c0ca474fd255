import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isExactNumber, isFullDouble } from '../../../src/job/text/exact-number.js';

describe('a number is kept', () => {
  test.each([
    '0',
    '-0',
    '0.0',
    '1.0',
    '1.10',
    '0.1',
    '100.10',
    '1e3',
    '1E+3',
    '1.5e-7',
    '5e-324',
    '-12.50',
    '0e999999999',
    '9007199254740991',
    '-9007199254740991',
    '0.30000000000000004',
    '1000000000000000.5',
    '0.000001e6',
    '+1',
    '.5',
    '1.',
    '0x1F',
    '0o17',
    '0x1fffffffffffff',
  ])('that reads as it is written: %s', (text) => {
    expect(isExactNumber(text)).toBe(true);
  });

  test('whatever JavaScript itself writes, but for whole numbers beyond 2^53 - 1', () => {
    const numbers = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(numbers, (number) => {
        const isKept = !Number.isInteger(number) || Number.isSafeInteger(number);
        expect(isExactNumber(String(number))).toBe(isKept);
        expect(isExactNumber(number.toExponential())).toBe(isKept);
      }),
    );
  });
});

describe('a fraction with all digits of a double', () => {
  test.each(['0.10000000000000001', '3.1415926535897931', '-1.0000000000000001e-7', '12345678901234.566'])(
    'is what a program writes that has just this double: %s',
    (text) => {
      expect(isFullDouble(text)).toBe(true);
    },
  );

  test.each(['0.10000000000000004', '0.100000000000000005', '3.141592653589793238', '1e400', '9007199254740993', ''])(
    'is not a text with other digits, or with more of them: %j',
    (text) => {
      expect(isFullDouble(text)).toBe(false);
    },
  );

  test('is written by every program that shows 17 digits', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(isFullDouble(number.toPrecision(17))).toBe(!Number.isInteger(number) || Number.isSafeInteger(number));
      }),
    );
  });
});

describe('a number is not kept', () => {
  test.each([
    '23851234567890123',
    '-23851234567890123',
    '9007199254740992',
    '9007199254740993',
    '1e21',
    '1e400',
    '-1e400',
    '0.1234567890123456789012',
    '3.141592653589793238',
    '1e-400',
    '1.00000000000000000001',
    '12345678901234.567',
    '0x20000000000001',
    '0o777777777777777777',
    '9007199254740993.0',
    '9007199254740.9931',
  ])('that would be another one: %s', (text) => {
    expect(isExactNumber(text)).toBe(false);
  });

  test.each(['.inf', '-.inf', '.nan', '007', '0123', '1:30', '1_000', '0b11', '', '.', 'e5', 'true', '1e', '--1'])(
    'that not every reader reads alike, or that is none: %j',
    (text) => {
      expect(isExactNumber(text)).toBe(false);
    },
  );

  test.each([' 0x1F', '0x1F ', ' 0o17', '0o17 ', ' 12', '12\n'])('that has blanks around it: %j', (text) => {
    expect(isExactNumber(text)).toBe(false);
  });

  test('however long it is, in the time of one look', () => {
    expect(isExactNumber(`0.${'0'.repeat(500_000)}1${'0'.repeat(500_000)}`)).toBe(false);
  });
});
