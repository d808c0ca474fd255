import { expect, it } from 'vitest';
import { costOptions } from '../../../bench/cost/options.js';

it('takes all rows and three durations when nothing is said', () => {
  const { rows, durations } = costOptions([]);
  expect(rows.map(({ key }) => key)).toEqual([
    'create',
    'one-timer',
    'plain',
    'plain-local',
    'retry',
    'timer',
    'watched',
  ]);
  expect(durations).toEqual([0.3, 8, 3_600]);
});

it('puts durations in their order and leaves out what is said twice', () => {
  expect(costOptions(['--durations', '8,0.3,8']).durations).toEqual([0.3, 8]);
});

it.each([
  [['--durations', '8,soon'], '--durations: "soon" is no number above 0'],
  [['--jobs', '1.5'], '--jobs: "1.5" is no whole number'],
  [['--rounds', '0'], '--rounds: "0" is no number above 0'],
  [['--rows', 'create,fast'], '--rows: "fast" is none of create,'],
])('refuses %j and says why', (args, message) => {
  expect(() => costOptions(args)).toThrow(message);
});
