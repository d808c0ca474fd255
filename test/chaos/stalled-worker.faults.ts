import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { waitForCreatedUpdate } from '../../src/job/messages.js';
import { openCliLab } from '../support/cli-lab.js';

// Takes more than a minute: a worker that stands still goes on taking tasks, which run into their time limits.
it('a worker that stands still around the POST does not send when it wakes up late', async () => {
  const lab = await openCliLab();
  try {
    const worker = await lab.startWorker();
    lab.sandbox.faults.add({ route: 'components', delayMs: 2_000, times: 'always' });
    const handle = await lab.temporal.workflow.start('runJob', {
      workflowId: lab.unique('stalled'),
      taskQueue: lab.taskQueue,
      args: [{ component: 'keboola.ex-http', configData: { parameters: { sandbox: { durationSeconds: 1 } } } }],
    });
    const creating = async (): Promise<boolean> =>
      ((await handle.describe()).raw.pendingActivities ?? []).some(
        ({ activityType }) => activityType?.name === 'createJob',
      );
    while (!(await creating())) await sleep(20);
    worker.signal('SIGSTOP');
    await lab.startWorker();
    await handle.executeUpdate(waitForCreatedUpdate);
    worker.signal('SIGCONT');
    await handle.result();
    await sleep(3_000);
    expect(lab.sandbox.counters).toMatchObject({ posts: 1, jobs: 1, runs: 1 });
  } finally {
    await lab.close();
  }
}, 180_000);
