import { Worker } from '@temporalio/worker';
import { expect, inject, it } from 'vitest';
import { watcherId } from '../../../src/job/watch/watch-request.js';
import { KeboolaPlugin } from '../../../src/worker/keboola-plugin.js';
import { eventually } from '../../support/eventually.js';
import { scripted } from '../../support/job-lab.js';
import { useJobLab } from '../../support/use-job-lab.js';
import { requestOf } from '../../support/watch-activity.js';

/** As long as a worker that stops waits for an answer of Keboola. */
const CREATE_MS = 2_000;

const lab = useJobLab();

it('a watch goes on where a worker of another task queue stops, which shares its process and its plugin', async () => {
  const { sandbox, server, temporal } = lab;
  const plugin = new KeboolaPlugin({
    connections: [{ name: 'default', url: sandbox.url, token: () => sandbox.token, watch: false }],
  });
  const workerOf = (taskQueue: string): Promise<Worker> =>
    Worker.create({
      connection: server.nativeConnection,
      taskQueue,
      plugins: [plugin],
      workflowBundle: { codePath: inject('workflowBundle') },
    });
  const [mine, other] = [server.unique('watching'), server.unique('stopping')];
  const workers = [await workerOf(mine), await workerOf(other)] as const;
  const [isDone, hasStopped] = workers.map((worker) => worker.run());
  const request = requestOf(lab);
  const watch = await temporal.workflow.start('watchProject', {
    taskQueue: mine,
    workflowId: watcherId(mine, request),
    args: [request],
  });
  const watched = async (): Promise<unknown> => {
    const [pending] = (await watch.describe()).raw.pendingActivities ?? [];
    // A busy machine may lose it, which is a timeout; a worker that stops says so.
    const told = pending?.lastFailure?.applicationFailureInfo ? pending.lastFailure.message : undefined;
    return { beats: pending?.heartbeatDetails?.payloads?.length, told };
  };
  await eventually(async () => expect(await watched()).toEqual({ beats: 1, told: undefined }));
  sandbox.faults.add({ route: 'create', delayMs: CREATE_MS });
  const args = [scripted({ durationSeconds: 600 })];
  const job = await temporal.workflow.start('runJob', { taskQueue: other, workflowId: other, args });
  await eventually(() => expect(sandbox.counters.requests.create).toBe(1));
  workers[1].shutdown();
  await hasStopped;
  expect(await watched()).toEqual({ beats: 1, told: undefined });
  await Promise.all([watch.terminate(), job.terminate()]);
  workers[0].shutdown();
  await isDone;
});
