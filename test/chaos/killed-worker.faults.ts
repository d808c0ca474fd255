import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openCliLab } from '../support/cli-lab.js';
import type { Environment } from '../support/processes.js';
import { BOTH_APIS } from './support/both-apis.js';
import { Dice } from './support/dice.js';
import { inLanes } from './support/in-lanes.js';
import { LOST_SHARE_MAX, resultUnlessLost } from './support/lost-in-sending.js';

const INSTANTS = 20;
const LANES = 3;
/** From before the first workflow task to after the answer to the POST, which this delay makes long. */
const KILL_MS_MAX = 3_000;
const CREATE_MS = 1_200;
const RESTART_MS = 500;

/** When the worker is killed, and whether Keboola is slow before or after it writes the job. */
interface Blow {
  atMs: number | undefined;
  when: 'before' | 'after';
}

interface Survived {
  posts: number;
  jobs: number;
  runs: number;
  status: string;
  tookMs: number;
}

async function survive({ atMs, when }: Blow, env: Environment): Promise<Survived> {
  const lab = await openCliLab();
  try {
    const worker = await lab.startWorker(env);
    lab.sandbox.faults.add({ route: 'create', delayMs: CREATE_MS, when });
    const startedMs = Date.now();
    const handle = await lab.temporal.workflow.start('runJob', {
      workflowId: lab.unique('killed'),
      taskQueue: lab.taskQueue,
      args: [{ component: 'keboola.ex-http', configData: { parameters: { sandbox: { durationSeconds: 1 } } } }],
    });
    if (atMs !== undefined) {
      await sleep(atMs);
      await worker.signal('SIGKILL').end();
      await sleep(RESTART_MS);
      await lab.startWorker(env);
    }
    const end = await resultUnlessLost(lab, handle.workflowId);
    if ('lost' in end) await handle.terminate();
    const status = 'lost' in end ? 'unknown' : (end.result as { status: string }).status;
    const { posts, jobs, runs } = lab.sandbox.counters;
    return { posts, jobs, runs, status, tookMs: Date.now() - startedMs };
  } finally {
    await lab.close();
  }
}

it.each(BOTH_APIS)(
  'a worker that is killed with -9 at any instant around the POST makes one job on %s',
  async (api, env) => {
    const dice = new Dice(9);
    const blows = Array.from({ length: INSTANTS }, (_, index): Blow => {
      const slot = KILL_MS_MAX / INSTANTS;
      return { atMs: Math.round((index + dice.next()) * slot), when: dice.next() < 0.5 ? 'before' : 'after' };
    });
    const unharmed = await survive({ atMs: undefined, when: 'before' }, env);
    const all = await inLanes(blows, LANES, (blow) => survive(blow, env));
    // Nothing has arrived, and the workflow says that it does not know: it makes no job that it cannot vouch for.
    const unknown = all.filter(({ status }) => status === 'unknown');
    const survived = all.filter(({ status }) => status !== 'unknown');
    const delays = survived.map(({ tookMs }) => (tookMs - unharmed.tookMs) / 1_000).sort((a, b) => a - b);
    const at = (share: number): number => delays[Math.ceil(share * delays.length) - 1] ?? Number.NaN;
    const figures = [`median ${at(0.5).toFixed(1)} s`, `p95 ${at(0.95).toFixed(1)} s`, `most ${at(1).toFixed(1)} s`];
    const told = `${unknown.length} in the moment of sending; else the result comes later by ${figures.join(', ')}`;
    process.stdout.write(`\nkill -9 at ${INSTANTS} instants on ${api}: ${told}\n`);
    expect(unknown.map(({ posts, jobs }) => ({ posts, jobs }))).toEqual(unknown.map(() => ({ posts: 0, jobs: 0 })));
    expect(unknown.length).toBeLessThanOrEqual(INSTANTS * LOST_SHARE_MAX);
    expect(survived.map(({ posts, jobs, runs, status }) => ({ posts, jobs, runs, status }))).toEqual(
      survived.map(() => ({ posts: 1, jobs: 1, runs: 1, status: 'success' })),
    );
  },
  600_000,
);
