import { stderr } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { cellFigures, countedFigures, reckonedFigures, runFigures } from '../report/figures.js';
import { rotated } from '../report/statistics.js';
import { backstopReads } from './backstop.js';
import { runLeaping } from './leaping.js';
import { orderOf } from './order.js';
import { openStacks } from './stack.js';

/** Whoever waits longer than this for a run lets its time leap. */
export const REAL_SECONDS_MAX = 120;
/** A job of hours costs the test server many seconds, and one is like another. */
const LEAPING_JOBS = 1;
const WARM_UP_SECONDS = 2;
/** After work there is garbage to collect, and the counters have steps of ten milliseconds. */
const REST_MS = 5_000;
const IDLE_MS = 20_000;
/** Measures every row at the durations that can be waited for. @returns the runs and their figures, and the idle cost. */
export async function measureReal(processes, { rows, durations, jobs, rounds }, code) {
  const stacks = await openStacks(processes, rows, code);
  for (const stack of stacks) await told(stack, 'warm-up', orderOf(jobs, WARM_UP_SECONDS));
  const idle = await idleCost(stacks);
  const figures = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const seconds of durations) {
      for (const stack of rotated(stacks, round)) {
        const run = await told(stack, `round ${round + 1}`, orderOf(jobs, seconds));
        figures.push({ ...runFigures(run, idle[stack.row.key]), round });
      }
    }
  }
  return { figures, idle, cells: durations.flatMap((seconds) => cellsOf(figures, rows, seconds)) };
}

/** Counts events and requests of the durations that nobody waits for. */
export async function countLeaping({ rows, durations }, measured, code) {
  const cellsBy = ({ key }) => measured.filter((cell) => cell.row === key);
  const cells = [];
  for (const seconds of durations) {
    for (const row of rows) {
      stderr.write(`leaping: ${row.name}, ${seconds} s\n`);
      // The test server lists no workflows, so nothing is watched there.
      const cell = row.isWatched
        ? reckoned(row, seconds, cellsBy(row), cellsBy({ key: 'timer' }))
        : countedFigures(await runLeaping(row, { jobs: LEAPING_JOBS, seconds, gapMs: 0 }, code), cellsBy(row));
      if (cell) cells.push(cell);
    }
  }
  return cells;
}

/** Only once the first read, at ten seconds, is among what was measured. */
function reckoned({ key }, seconds, measured, byTimer) {
  const from = measured.at(-1)?.seconds ?? 0;
  if (from < REAL_SECONDS_MAX) return undefined;
  return reckonedFigures({ row: key, seconds, reads: backstopReads(from, seconds) }, measured, byTimer);
}

function told(stack, what, order) {
  stderr.write(`${what}: ${stack.row.name}, ${order.seconds} s\n`);
  return stack.run(order);
}

/** @returns by row, seconds of processor time per second of each process while nothing is to be done. */
async function idleCost(stacks) {
  await sleep(REST_MS);
  const before = stacks.map((stack) => stack.cpu());
  await sleep(IDLE_MS);
  return Object.fromEntries(
    stacks.map((stack, at) => {
      const used = Object.entries(stack.cpu()).map(([name, seconds]) => [name, seconds - before[at][name]]);
      return [stack.row.key, Object.fromEntries(used.map(([name, seconds]) => [name, (seconds * 1_000) / IDLE_MS]))];
    }),
  );
}

function cellsOf(figures, rows, seconds) {
  return rows.map(({ key }) => cellFigures(figures.filter((one) => one.row === key && one.seconds === seconds)));
}
