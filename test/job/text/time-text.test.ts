import { expect, it } from 'vitest';
import { durationText } from '../../../src/job/text/time-text.js';

it.each([
  [0, '0 ms'],
  [900, '900 ms'],
  [1_499, '1 s'],
  [90_000, '1 min 30 s'],
  [3_600_000, '1 h'],
  [5_400_000, '1 h 30 min'],
  [90_061_000, '1 d 1 h'],
])('%i ms is %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
