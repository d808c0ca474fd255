import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { simulate, type Bars, type Polling } from '../../scripts/polling/simulate.js';
import { withTable } from '../../scripts/polling/table.js';
import { addRun, nextDelayMs } from '../../src/job/wait/poll-schedule.js';

const results = simulate({ nextDelayMs, addRun });

function expectWithin({ polls, meanSeconds }: Polling, bars: Bars): void {
  if (bars.polls !== undefined) expect(polls).toBeLessThanOrEqual(bars.polls);
  if (bars.meanSeconds !== undefined) expect(meanSeconds).toBeLessThanOrEqual(bars.meanSeconds);
}

describe.each(results)('a job of $scene.name', ({ scene, plain, informed, client }) => {
  test('stays within its bars without history', () => {
    expectWithin(plain, scene.plain);
  });

  test('stays within its bars with twenty earlier runs', () => {
    expectWithin(informed, scene.informed);
  });

  test('is read no more often with history than without', () => {
    expect(informed.polls).toBeLessThanOrEqual(plain.polls * 1.01);
  });

  test("with history is back with its caller sooner than from Keboola's PHP client, or costs fewer reads", () => {
    expect(informed.callerSeconds < client.callerSeconds || informed.polls < client.polls).toBe(true);
  });
});

test('every bar that we hold ourselves to is there', () => {
  expect(results.map(({ scene }) => [scene.name, scene.plain, scene.informed])).toEqual([
    ['5 s', { polls: 6, meanSeconds: 0.6 }, {}],
    ['30 s', { polls: 23 }, {}],
    ['5 min', { polls: 48 }, { polls: 32, meanSeconds: 9.5 }],
    ['1 h', { polls: 110 }, { polls: 65 }],
    ['8 h', {}, { polls: 320 }],
  ]);
});

test('the simulated PHP client reads as often as its formula says', () => {
  const client = results.find(({ scene }) => scene.name === '1 h')?.client;
  // 4 + ceil((T - 14) / 10), averaged over a log-normal T with median 3,600 and sigma 0.3.
  expect(client?.polls).toBeCloseTo(4 + (3_600 * Math.exp(0.3 ** 2 / 2) - 14) / 10 + 0.5, -1);
  expect(client?.meanSeconds).toBeCloseTo(5, 0);
});

test('docs/polling.md shows what the schedule does; `npm run polling-table` rewrites it', () => {
  const page = readFileSync(new URL('../../docs/polling.md', import.meta.url), 'utf8');
  expect(page).toBe(withTable(page, results));
});
