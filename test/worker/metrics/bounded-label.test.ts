import { expect, it } from 'vitest';
import { BoundedLabel } from '../../../src/worker/metrics/bounded-label.js';

it('keeps the values that come first, and calls all others "other"', () => {
  const label = new BoundedLabel(2);
  expect(['a', 'b', 'c', 'a', 'd', 'b'].map((value) => label.of(value))).toEqual([
    'a',
    'b',
    'other',
    'a',
    'other',
    'b',
  ]);
});
