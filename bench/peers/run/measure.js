import { setTimeout as sleep } from 'node:timers/promises';
import { cellFigures, runFigures } from '../../cost/report/figures.js';
import { orderOf } from '../../cost/run/order.js';

const WARM_UP = { jobs: 5, seconds: 1 };
/** After work there is garbage to collect, and the counters have steps of ten milliseconds. */
const REST_MS = 3_000;
const IDLE_MS = 10_000;
/** What a server still writes after the last answer belongs to the jobs, too. */
const SETTLE_MS = 1_000;
/** Beyond the duration of the jobs: a peer that needs longer has lost them. */
const ANSWERS_MS_MAX = 180_000;

/** @returns of one row what a job costs at each duration; see `cellFigures`. */
export async function measureCost(stack, { durations, jobs }) {
  await run(stack, 'warm-up', orderOf(WARM_UP.jobs, WARM_UP.seconds));
  const idle = await idleCost(stack);
  const cells = [];
  for (const seconds of durations) {
    const figures = runFigures(await run(stack, `cost-${cells.length}`, orderOf(jobs, seconds)), idle);
    cells.push({ ...cellFigures([figures]), idle });
  }
  return cells;
}

async function run(stack, marker, order) {
  const before = await stack.sample();
  const accepted = await stack.caller.ask({ start: { ...order, marker, from: 0 } });
  const { answers, open, failures } = await stack.caller.ask({
    collect: { timeoutMs: ANSWERS_MS_MAX + order.seconds * 1_000 },
  });
  if (accepted.length < order.jobs || answers.length < order.jobs) {
    const what = `${accepted.length} of ${order.jobs} jobs accepted, ${answers.length} answered, ${open.length} still open`;
    throw new Error(`${stack.row.name}: ${what}, although nothing was wrong. ${failures.join('; ')}`);
  }
  await sleep(SETTLE_MS);
  const after = await stack.sample();
  // Only Temporal has histories.
  return { ...order, row: stack.row.key, before, after, answers, histories: [{}], creations: await stack.creations() };
}

/** @returns seconds of processor time per second of each process while nothing is to be done. */
async function idleCost(stack) {
  await sleep(REST_MS);
  const before = stack.cpu();
  await sleep(IDLE_MS);
  const used = Object.entries(stack.cpu()).map(([name, seconds]) => [name, seconds - before[name]]);
  return Object.fromEntries(used.map(([name, seconds]) => [name, (seconds * 1_000) / IDLE_MS]));
}
