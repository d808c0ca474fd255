import { describe, expect, it } from 'vitest';
import { progressLine, progressOf } from '../../../src/cli/text/bytes-text.js';

const MEGABYTE = 1_000_000;

describe('how far bytes have come', () => {
  it('is told with bar, rate and time left', () => {
    const line = progressLine('Uploading orders.csv', progressOf(50 * MEGABYTE, 200 * MEGABYTE, 2_000), 100);
    expect(line).toBe(
      `Uploading orders.csv  ${'█'.repeat(6)}${'░'.repeat(18)}  50.0 MB of 200 MB · 25.0 MB/s · 6 s left`,
    );
  });

  it('is told without bar where the end is not known', () => {
    const line = progressLine('Downloading orders.csv', progressOf(5_500, undefined, 1_000), 80);
    expect(line).toBe('Downloading orders.csv  5.5 kB · 5.5 kB/s');
  });

  it.each([80, 79, 60, 50, 40, 20, 5])('fits into %i columns, whatever its numbers and its name', (columns) => {
    for (const name of ['a.csv', `${'a-long-name-'.repeat(10)}2026.csv`]) {
      for (const [bytes, total] of [
        [0, 0],
        [0, 12],
        [999_949_999, 999_949_999],
        [123_456_789_012, 999_900_000_000_000],
        [5, undefined],
      ] as const) {
        const line = progressLine(`Uploading ${name}`, progressOf(bytes, total, 3_600_000), columns);
        expect(line.length, line).toBeLessThanOrEqual(columns);
        expect(line).not.toBe('');
      }
    }
  });

  it('keeps a bar and both ends of a long name in 80 columns', () => {
    const progress = progressOf(50 * MEGABYTE, 200 * MEGABYTE, 2_000);
    const line = progressLine(`Uploading ${'a-long-name-'.repeat(10)}2026.csv`, progress, 80);
    expect(line).toMatch(/^Uploading .*….*csv {2}█+░+ {2}50\.0 MB of 200 MB · 25\.0 MB\/s · 6 s left$/);
  });
});
