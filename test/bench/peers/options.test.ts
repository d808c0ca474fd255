import { expect, it } from 'vitest';
import { peersOptions } from '../../../bench/peers/options.js';

it('takes all rows that every machine can have, and two durations, when nothing is said', () => {
  const { rows, durations, jobs } = peersOptions([]);
  expect(rows.map(({ key }) => key)).toEqual(['node', 'asyncio', 'bullmq', 'dbos', 'restate', 'timer', 'watched']);
  expect({ durations, jobs }).toEqual({ durations: [0.3, 8], jobs: 20 });
});

it.each([
  [['--durations', '3600'], '--durations: 3600 s would really be waited for; at most 600 s'],
  [['--jobs', '1'], '--jobs: at least 2'],
  [['--jobs', 'all'], '--jobs: "all" is no number above 0'],
  [['--rows', 'celery'], '--rows: "celery" is none of node, asyncio, '],
])('refuses %j and says why', (args, message) => {
  expect(() => peersOptions(args)).toThrow(message);
});
