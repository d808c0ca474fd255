import { afterAll, beforeAll, expect, it } from 'vitest';
import type { JobSnapshot } from '../../../src/job/messages.js';
import { watcherId } from '../../../src/job/watch/watch-request.js';
import { createWorker } from '../../../src/worker.js';
import { connectToDevServer, type SharedDevServer } from '../../support/dev-server.js';
import { eventually } from '../../support/eventually.js';
import { openJobLab, scripted } from '../../support/job-lab.js';
import { requestOf, stopWorker } from '../../support/watch-activity.js';
import { inject } from 'vitest';

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

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
  const watch = server.client.workflow.getHandle(watcherId(taskQueue, requestOf(lab)));
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
