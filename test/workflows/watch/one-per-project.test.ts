import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWatcher } from '../../../src/activities/watch/describe-watcher.js';
import type { JobSnapshot } from '../../../src/job/messages.js';
import { watcherId, type WatchRequest, type WatchState } from '../../../src/job/watch/watch-request.js';
import { createWorker } from '../../../src/worker.js';
import { connectToDevServer, type SharedDevServer } from '../../support/dev-server.js';
import { eventually } from '../../support/eventually.js';
import { openJobLab, scripted, type JobLab } from '../../support/job-lab.js';
import { REQUEST, stopWorker } from '../../support/watch-activity.js';
import { inject } from 'vitest';

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

function onStack({ sandbox }: Pick<JobLab, 'sandbox'>): WatchRequest {
  return { ...REQUEST, stack: new URL(sandbox.url).host };
}

async function watchersOf(taskQueue: string): Promise<string[]> {
  const query = `TaskQueue = "${taskQueue}" AND WorkflowType = "watchProject"`;
  const found: string[] = [];
  for await (const { workflowId } of server.client.workflow.list({ query })) found.push(workflowId);
  return found;
}

it('two connections to one project have one watcher', async () => {
  const lab = await openJobLab(server);
  await stopWorker(lab);
  const { taskQueue } = lab;
  const worker = await createWorker({
    connection: server.nativeConnection,
    taskQueue,
    connections: ['default', 'second'].map((name) => {
      return { name, url: lab.sandbox.url, token: () => lab.sandbox.token, filesUrl: lab.sandbox.url };
    }),
    worker: { workflowBundle: { codePath: inject('workflowBundle') } },
  });
  const running = worker.run();
  const jobs = await Promise.all(
    ['default', 'second'].map((connection) => lab.start({ ...scripted({ durationSeconds: 3_000 }), connection })),
  );
  const watch = server.client.workflow.getHandle(watcherId(taskQueue, onStack(lab)));
  await eventually(async () => {
    expect((await watch.describe()).status.name).toBe('RUNNING');
    const { connections } = await lab.keboola.describeWorker({});
    expect(connections.map((one) => one.watch)).not.toContain('not watched: no job is under way');
    for (const job of jobs) expect((await job.query<JobSnapshot>('job')).polls).toBeGreaterThan(2);
  });
  // Temporal's lists lag.
  await eventually(async () => expect(await watchersOf(taskQueue)).toEqual([watch.workflowId]));
  await Promise.all([...jobs, watch].map((one) => one.terminate()));
  worker.shutdown();
  await running;
  await lab.close();
});

it('a watch that a worker of an older version has started ends once one of the project may be relied on', async () => {
  const lab = await openJobLab(server);
  const request = onStack(lab);
  const older = watcherId(lab.taskQueue, REQUEST);
  const nowMs = Date.now();
  const health = { provenMs: nowMs, goodLookMs: nowMs, canaryMs: nowMs };
  const state: WatchState = { cursorMs: nowMs, health, isHealthy: true };
  const watch = await lab.start({ ...request, state }, watcherId(lab.taskQueue, request), 'watchProject');
  await eventually(async () => {
    expect(await describeWatcher(server.client, lab.taskQueue, request)).toMatchObject({ isHealthy: true });
  });
  expect(older).not.toBe(watch.workflowId);
  const before = await lab.start(REQUEST, older, 'watchProject');
  expect(await before.result()).toBeUndefined();
  expect(await describeWatcher(server.client, lab.taskQueue, request)).toMatchObject({ isOpen: true });
  await watch.terminate();
  await lab.close();
});
