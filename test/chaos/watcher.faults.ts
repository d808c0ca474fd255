import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { JobSnapshot } from '../../src/job/messages.js';
import { watcherId } from '../../src/job/watch/watch-request.js';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { closeTimeMs, openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { tempFolder } from '../support/temp-folder.js';
import { requestOf } from '../support/watch-activity.js';
import { openWatchedLab, startCompanions, type WatchedLab } from '../support/watched-lab.js';

const LONG_MS = 600_000;
/** From the end of the job to that of its workflow, where the one that watched it was killed just before. */
const ADDED_MS_MAX = 25_000;

type Handle = Awaited<ReturnType<JobLab['start']>>;

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

const snapshotOf = (job: Handle): Promise<JobSnapshot> => job.query<JobSnapshot>('job');

/** A watcher is patient itself. */
const patiently = (check: () => Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 240_000, interval: 200 });

/** Until a wait relies on being nudged; it has been read so often by then. */
async function relies(job: Handle, polls = 0): Promise<void> {
  await eventually(async () => {
    const seen = await snapshotOf(job);
    expect({ watched: seen.watched, isRead: seen.polls >= polls }).toEqual({ watched: true, isRead: true });
  });
}

async function during(use: (lab: WatchedLab) => Promise<void>): Promise<void> {
  const lab = await openWatchedLab(server);
  try {
    await use(lab);
  } finally {
    lab.sandbox.faults.clear();
    await lab.close();
  }
}

describe.concurrent('whoever relies on a watcher', () => {
  it.each([
    ['is refused', { status: 503 }],
    ['is empty', { status: 200, json: [] }],
  ])(
    'is back on the plain schedule soon where the list %s',
    async (_, answer) => {
      await during(async ({ sandbox, companion }) => {
        const { polls } = await snapshotOf(companion);
        sandbox.faults.add({ route: 'list', times: 'always', ...answer });
        await patiently(async () => expect((await snapshotOf(companion)).polls).toBeGreaterThan(polls));
        await eventually(async () => expect(await snapshotOf(companion)).not.toHaveProperty('watched'));
      });
    },
    LONG_MS,
  );

  it(
    'hears of the end all the same where the list stands still, by a job that is read by its id',
    async () => {
      await during(async (lab) => {
        const job = await lab.start(scripted({ durationSeconds: 40 }));
        await relies(job, 1);
        await lab.sandbox.settings({ searchStalled: true });
        expect(await settled(job)).toMatchObject({ result: { status: 'success' } });
      });
    },
    LONG_MS,
  );

  it(
    'is served by two watchers as by one',
    async () => {
      await during(async (lab) => {
        const second = await lab.start(requestOf(lab), undefined, 'watchProject');
        const job = await lab.start(scripted({ durationSeconds: 30 }));
        await relies(job);
        expect(await settled(job)).toMatchObject({ result: { status: 'success' } });
        expect(lab.sandbox.counters.jobs).toBe(lab.ownJobs + 1);
        await second.terminate();
      });
    },
    LONG_MS,
  );
});

it(
  'a watcher that has closed for want of jobs is started again by the next one',
  async () => {
    const lab = await openJobLab(server, { watch: true });
    const watcher = server.client.workflow.getHandle(watcherId(lab.taskQueue, requestOf(lab)));
    const statusOf = async (): Promise<string> => (await watcher.describe()).status.name;
    await settled(await lab.start(scripted({ durationSeconds: 3 })));
    await patiently(async () => expect(await statusOf()).toBe('COMPLETED'));
    const next = await lab.start(scripted({ durationSeconds: 120 }));
    await patiently(async () => expect(await statusOf()).toBe('RUNNING'));
    await next.terminate();
    await lab.close();
  },
  LONG_MS,
);

it(
  'a watcher that is killed with its worker is taken over in time for a job that ends meanwhile',
  async () => {
    const lab = await openCliLab();
    try {
      const first = await lab.startWorker(await watchedEnvironment(lab));
      const companions = await startCompanions((input) => begin(lab, input));
      const [companion] = companions;
      await settled(await begin(lab, scripted({ durationSeconds: 5 })));
      await relies(companion);
      await lab.startWorker(await watchedEnvironment(lab));
      const job = await begin(lab, scripted({ durationSeconds: 25 }));
      await relies(job, 1);
      const jobId = (await snapshotOf(job)).job?.jobId ?? '';
      const startMs = Date.parse((await snapshotOf(job)).job?.startTime ?? '');
      await sleep(Math.max(0, startMs + 24_000 - Date.now()));
      await first.signal('SIGKILL').end();
      expect(await settled(job)).toMatchObject({ result: { status: 'success' } });
      const endMs = Date.parse((await lab.sandbox.jobs()).find(({ id }) => String(id) === jobId)?.endTime ?? '');
      const addedMs = (await closeTimeMs(job)) - endMs;
      process.stdout.write(`\nkill -9 of the worker that watches: ${(addedMs / 1_000).toFixed(1)} s later\n`);
      expect(addedMs).toBeLessThanOrEqual(ADDED_MS_MAX);
      const watcher = lab.temporal.workflow.getHandle(watcherId(lab.taskQueue, requestOf(lab, 'watched')));
      for (const left of [...companions, watcher]) await left.terminate();
    } finally {
      await lab.close();
    }
  },
  LONG_MS,
);

async function watchedEnvironment({ sandbox }: CliLab): Promise<Record<string, string>> {
  const path = join(await tempFolder(), 'connections.json');
  const connections = { watched: { url: sandbox.url, tokenEnv: 'WATCHED_TOKEN', watch: true } };
  await writeFile(path, JSON.stringify({ connections }));
  return { KBC_CONNECTIONS_FILE: path, WATCHED_TOKEN: CANARY_TOKEN };
}

function begin(lab: CliLab, input: object): Promise<Handle> {
  const { temporal, taskQueue } = lab;
  const args = [{ ...input, connection: 'watched' }];
  return temporal.workflow.start('runJob', { workflowId: lab.unique('watched'), taskQueue, args });
}
