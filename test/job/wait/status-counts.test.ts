import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statusCounts } from '../../../src/job/guard/job-parts.js';
import { countsOf, countsText, STATUSES_MAX } from '../../../src/job/wait/status-counts.js';

const INHERITED = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];

const inStatus = (statuses: readonly string[]): { status: string }[] => statuses.map((status) => ({ status }));
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the counts of statuses', () => {
  it.each(INHERITED)('are numbers where a status has the name of what every object inherits: %s', (status) => {
    const counts = countsOf(inStatus([status, 'success', status]));
    expect(Object.entries(counts)).toEqual([
      [status, 2],
      ['success', 1],
    ]);
    expect(countsText(counts)).toBe(`2 ${status}, 1 success`);
  });

  it('tell what there is no room for as others', () => {
    const statuses = Array.from({ length: STATUSES_MAX + 50 }, (_, at) => `s${at}`);
    const counts = countsOf(inStatus(['success', ...statuses, 'success']));
    expect(Object.keys(counts)).toHaveLength(STATUSES_MAX);
    expect(counts).toMatchObject({ success: 2, s0: 1, other: 52 });
  });

  it('pass the guard of the next run, and count every job, whatever the statuses are', () => {
    const status = fc.oneof(
      fc.string(),
      fc.constantFrom(...INHERITED, 'other', 'success'),
      fc.nat(300).map((number) => `s${number}`),
    );
    fc.assert(
      fc.property(fc.array(status, { maxLength: 400 }), (statuses) => {
        const counts = countsOf(inStatus(statuses));
        expect(statusCounts(sent(counts), '')).toBeUndefined();
        expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(statuses.length);
      }),
    );
  });
});
