import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import { expect, it } from 'vitest';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import type { Environment } from '../support/processes.js';
import { BOTH_APIS } from './support/both-apis.js';
import { Dice } from './support/dice.js';
import { inLanes } from './support/in-lanes.js';
import { resultUnlessLost } from './support/lost-in-sending.js';

/** On each of the APIs. */
const STOPS = 100;
const LANES = 20;
const CANCEL_MS_MAX = 5_000;
const BETWEEN_KILLS_MS = { min: 7_000, max: 14_000 };
const RESTART_MS = 300;
/** So many end between two kills: a busy machine would else start workers that never come to anything. */
const ENDED_BETWEEN_KILLS = 5;
const LOOK_MS = 200;
/** A stop that takes longer is looked at: its creation may have been lost in the moment of sending. */
const LATE_MS = 60_000;
const LOST_MAX = 10;

interface Stop {
  index: number;
  atMs: number;
  twice: boolean;
  /** The answer to the creation is lost. */
  loses: boolean;
  children: boolean;
}

function stops(count: number): Stop[] {
  const dice = new Dice(5);
  return Array.from({ length: count }, (_, index) => ({
    index,
    atMs: dice.between(0, CANCEL_MS_MAX),
    twice: dice.next() < 0.2,
    loses: dice.next() < 0.3,
    children: dice.next() < 0.3,
  }));
}

/** Starts a long job, and cancels its workflow at an instant that has nothing to do with where it is. */
async function stopAt(lab: CliLab, { index, atMs, twice, loses, children }: Stop): Promise<string> {
  const marker = `stop-${index}-of-${lab.taskQueue}`;
  if (loses) lab.sandbox.faults.add({ route: 'create', bodyContains: marker, reset: 'after' });
  const child = { component: 'keboola.ex-http', durationSeconds: 3_000 };
  const sandbox = { durationSeconds: 3_000, ...(children && { children: [child, child] }) };
  const handle = await lab.temporal.workflow.start('runJob', {
    workflowId: marker,
    taskQueue: lab.taskQueue,
    args: [{ component: 'keboola.ex-http', configData: { parameters: { marker, sandbox } } }],
  });
  await sleep(atMs);
  await handle.cancel();
  if (twice) await handle.cancel();
  const end = await resultUnlessLost(lab, marker, LATE_MS).catch((thrown: unknown) => ({ error: thrown }));
  if ('lost' in end) {
    await handle.terminate();
    return 'lost';
  }
  const error = 'error' in end ? end.error : end.result;
  const canceled = error instanceof WorkflowFailedError && error.cause instanceof CancelledFailure;
  return canceled ? 'canceled' : `${marker}: ${String((error as { cause?: unknown }).cause ?? error)}`;
}

interface Losing {
  over: AbortSignal;
  /** How many stops have ended so far. */
  ended: () => number;
}

/** Kills the worker again and again while the stops are on their way, and starts another one each time. */
async function loseWorkers(lab: CliLab, env: Environment, { over, ended }: Losing): Promise<number> {
  const dice = new Dice(6);
  let worker = await lab.startWorker(env);
  for (let kills = 0; ; kills++) {
    const killAt = ended() + ENDED_BETWEEN_KILLS;
    await sleep(dice.between(BETWEEN_KILLS_MS.min, BETWEEN_KILLS_MS.max), undefined, { signal: over }).catch(() => 0);
    while (!over.aborted && ended() < killAt) await sleep(LOOK_MS);
    if (over.aborted) return kills;
    await worker.signal('SIGKILL').end();
    await sleep(RESTART_MS);
    worker = await lab.startWorker(env);
  }
}

it.each(BOTH_APIS)(
  'nothing is left running on %s, whenever the stop comes and whichever worker is lost meanwhile',
  async (api, env) => {
    const lab = await openCliLab();
    const over = new AbortController();
    try {
      await lab.sandbox.settings({ workers: 500, killPropagation: false, killLatencySeconds: 0.5 });
      let ended = 0;
      const losing = loseWorkers(lab, env, { over: over.signal, ended: () => ended });
      const ends = await inLanes(stops(STOPS), LANES, async (one) => {
        const end = await stopAt(lab, one);
        ended += 1;
        return end;
      });
      over.abort();
      const kills = await losing;
      const jobs = await lab.sandbox.jobs();
      const left = jobs.filter(({ isFinished }) => !isFinished);
      const { posts } = lab.sandbox.counters;
      const lost = ends.filter((end) => end === 'lost').length;
      const told =
        `${jobs.length} jobs of ${posts} POSTs, ${kills} workers killed, ` +
        `${lost} lost in the moment of sending, ${left.length} jobs left running`;
      process.stdout.write(`\nstop at ${STOPS} instants on ${api}: ${told}\n`);
      expect(ends.filter((end) => end !== 'canceled' && end !== 'lost')).toEqual([]);
      expect(lost).toBeLessThanOrEqual(LOST_MAX);
      expect(left).toEqual([]);
    } finally {
      over.abort();
      await lab.close();
    }
  },
  900_000,
);
