import { expect, test } from 'vitest';
import { counted } from '../../../src/job/text/counted.js';

test.each([
  [0, '0 rows'],
  [1, '1 row'],
  [2, '2 rows'],
])('what is counted is one or several: %i', (count, words) => {
  expect(counted(count, 'row')).toBe(words);
});
