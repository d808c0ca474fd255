import { expect, it } from 'vitest';
import { agoText, roundedDuration } from '../../../src/cli/text/time-text.js';

it.each([
  [-5_000, '0 s'],
  [0, '0 s'],
  [59_400, '59 s'],
  [60_000, '1 min'],
  [3_599_000, '59 min'],
  [3_600_000 + 20 * 60_000, '1 h 20 min'],
  [3_600_000, '1 h'],
  [2 * 86_400_000, '2 d'],
  [(48 + 4) * 3_600_000, '2 d 4 h'],
])('shows %i ms as %s', (durationMs, text) => {
  expect(roundedDuration(durationMs)).toBe(text);
});

it('tells how long ago a moment was', () => {
  expect(agoText('2026-01-01T10:00:00.000Z', Date.parse('2026-01-01T10:04:00.000Z'))).toBe('4 min ago');
});
