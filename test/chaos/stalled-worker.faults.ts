import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { waitForCreatedUpdate } from '../../src/job/messages.js';
import { CANARY_TOKEN, openCliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';

// Takes more than a minute: a worker that stands still goes on taking tasks, which run into their time limits.
it('a worker that stands still right before the POST does not send when it wakes up late', async () => {
  const lab = await openCliLab();
  const { faults } = lab.sandbox;
  try {
    faults.add({ route: 'create', maintenance: true, times: 'always' });
    const first = await lab.startWorker();
    const handle = await lab.temporal.workflow.start('runJob', {
      workflowId: lab.unique('stalled'),
      taskQueue: lab.taskQueue,
      args: [{ component: 'keboola.ex-http', configData: { parameters: { sandbox: { durationSeconds: 1 } } } }],
    });
    await eventually(() => expect(lab.sandbox.counters.posts).toBeGreaterThan(0));
    await first.signal('SIGTERM').end();

    // One that has asked for nothing yet: it asks for the component between its order and the POST.
    faults.clear();
    faults.add({ route: 'components', delayMs: 5_000, times: 'always' });
    const refused = lab.sandbox.counters;
    const second = await lab.startWorker();
    await eventually(() =>
      expect(lab.sandbox.counters.requests.components).toBeGreaterThan(refused.requests.components),
    );
    second.signal('SIGSTOP');
    await lab.startWorker();
    await handle.executeUpdate(waitForCreatedUpdate);
    second.signal('SIGCONT');
    await handle.result();
    await sleep(3_000);
    expect(lab.sandbox.counters).toMatchObject({ posts: refused.posts + 1, jobs: 1, runs: 1 });
  } finally {
    await lab.close();
  }
}, 240_000);

const STOPS = 3;
const JOBS_BESIDE = 150;
/** More than the SDK gives a workflow for a task by itself, after which it cuts off its thread, and Node.js the process. */
const STANDS_STILL_MS = 6_500;

it('a worker that stands still amid its workflow tasks goes on with them, as on a machine that was paused', async () => {
  const lab = await openCliLab();
  try {
    const env = { KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN };
    const worker = lab.start(['worker', '--log-level', 'WARN'], env);
    await worker.says('Worker on task queue');
    for (let stop = 0; stop < STOPS; stop += 1) {
      const jobs = Array.from({ length: JOBS_BESIDE }, () => lab.begin({ durationSeconds: 1 }));
      await sleep(500 + 300 * stop);
      worker.signal('SIGSTOP');
      await sleep(STANDS_STILL_MS);
      worker.signal('SIGCONT');
      const handles = (await Promise.all(jobs)).map(({ workflowId }) => lab.temporal.workflow.getHandle(workflowId));
      await Promise.all(handles.map((handle) => handle.result()));
      expect([worker.isRunning, worker.stderr]).toEqual([
        true,
        expect.not.stringContaining('Script execution timed out'),
      ]);
    }
  } finally {
    await lab.close();
  }
}, 300_000);
