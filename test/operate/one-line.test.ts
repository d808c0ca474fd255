import { expect, it } from 'vitest';
import { oneLine } from '../../src/operate/one-line.js';

it('a line that is drawn is cut off where the terminal ends, and its colours end with it', () => {
  const green = (text: string): string => `\u001b[32m${text}\u001b[39m`;
  expect(oneLine('12345', 5)).toBe('12345');
  expect(oneLine('123456', 5)).toBe('1234…');
  expect(oneLine(`1${green('2345')}`, 5)).toBe(`1${green('2345')}`);
  expect(oneLine(`1${green('23456')}7`, 5)).toBe(`1${green('234…')}`);
  expect(oneLine('✔ ab\u{1f600}cd', 6)).toBe('✔ ab\u{1f600}…');
  expect(oneLine('as long as it is')).toBe('as long as it is');
});
