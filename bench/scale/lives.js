import { setTimeout as sleep } from 'node:timers/promises';
import { historyOf } from '../cost/programs/history-of.js';
import { beyond, share } from './counters.js';
import { listsIn } from './lists.js';

const HISTORIES = 20;
const SETTLE_MS = 3_000;
const IDLE_MS = 20_000;

/**
 * What one job costs from its start to its end.
 *
 * @param how `count` jobs that last for so many `seconds`.
 * @returns its share of all that was used beyond what is used all the time; `lists` are those of Keboola, all of them.
 */
export async function wholeLives(stack, jobs, { count, seconds }) {
  await jobs.runWhole(Math.ceil(count / 4), seconds);
  await sleep(SETTLE_MS);
  const idle = await stack.used(() => sleep(IDLE_MS));
  const before = await stack.requests();
  let handles = [];
  const all = await stack.used(async () => {
    handles = await jobs.runWhole(count, seconds);
    await sleep(SETTLE_MS);
  });
  const lists = listsIn(await stack.requests(), before.at(-1)?.number ?? 0);
  const histories = await Promise.all(handles.slice(0, HISTORIES).map((handle) => historyOf(stack.client, handle)));
  const mean = (field) => histories.reduce((sum, history) => sum + history[field], 0) / histories.length;
  return {
    jobs: count,
    seconds,
    perJob: { ...share(beyond(all, share(idle, idle.seconds)), count), lists: share(lists, count) },
    history: { events: mean('events'), bytes: mean('bytes'), slowSteps: mean('activities') - 1 },
  };
}
