import { expect, it } from 'vitest';
import { answeredBars } from '../../../../bench/cost/report/bars.js';

const cell = (row: string, seconds: number, total: number, read: number) => ({
  row,
  seconds,
  cpu: { total },
  requests: { read, list: 1 },
});

it('compares at the same number of reads when the rows have read a different number of times', () => {
  // 10 for the creation and 10 for each read: with our 5 reads the loop would have cost 60, not 110.
  const cells = [cell('create', 8, 10, 0), cell('plain', 8, 110, 10), cell('timer', 8, 60, 5)];
  expect(answeredBars(cells)).toEqual([
    { what: 'timer / plain, 8 s, at equal reads', value: 1, max: 0.85, isMet: false },
  ]);
});

it('answers no bar for a row or a duration that was left out', () => {
  expect(answeredBars([cell('timer', 8, 60, 5), cell('create', 0.3, 10, 0)])).toEqual([]);
});

it('meets a bar that is just reached', () => {
  const [bar] = answeredBars([cell('timer', 0.3, 17, 1), cell('create', 0.3, 10, 0)]);
  expect(bar).toMatchObject({ value: 1.7, isMet: true });
});

it('counts reads and lists of a job of an hour', () => {
  const [bar] = answeredBars([{ row: 'timer', seconds: 3_600, requests: { read: 101, list: 3 } }]);
  expect(bar).toMatchObject({ value: 104, max: 110, isMet: true });
});
