import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { countUpTo, portNumber, positiveNumber } from '../../../src/cli/options/numbers.js';

describe('a number on the command line', () => {
  it('is read where it is one', () => {
    expect(portNumber('0')).toBe(0);
    expect(portNumber('65535')).toBe(65_535);
    expect(positiveNumber('0.5')).toBe(0.5);
    expect(countUpTo(1_000)('1000')).toBe(1_000);
  });

  it.each(['', ' ', 'x', '-1', '1.5', '65536', 'NaN', 'Infinity'])('is no port when it is "%s"', (text) => {
    expect(() => portNumber(text)).toThrow(InvalidArgumentError);
  });

  it.each(['', '0', '-1', 'x', 'Infinity', '100001'])('is no speed when it is "%s"', (text) => {
    expect(() => positiveNumber(text)).toThrow('Expected a number above 0, at most 100000.');
  });

  it.each(['0', '1001', '2.5'])('is no count when it is "%s"', (text) => {
    expect(() => countUpTo(1_000)(text)).toThrow('Expected a whole number from 1 to 1000.');
  });
});
