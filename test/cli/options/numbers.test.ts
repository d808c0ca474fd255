import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { countUpTo, durationText, portNumber, positiveNumber } from '../../../src/cli/options/numbers.js';

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

describe('a duration', () => {
  it.each(['90s', '1d', '500ms'])('may be %s', (text) => {
    expect(durationText(text)).toBe(text);
  });

  it.each([
    ['90', 'It has no unit; write for example 90s, 90m or 90ms.'],
    ['90x', 'Expected a duration between 1 ms and 365 days'],
    ['2y', 'Expected a duration between 1 ms and 365 days'],
    ['-5s', 'Expected a duration between 1 ms and 365 days'],
  ])('may not be %s, and the advice is one that is taken', (text, words) => {
    expect(() => durationText(text)).toThrow(words);
  });
});
