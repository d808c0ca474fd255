import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CreateFence } from '../../src/job/input.js';
import type { JobResult } from '../../src/job/result.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { firstTicket } from '../support/first-ticket.js';
import { scripted } from '../support/job-lab.js';
import { QUEUE_TOKEN } from '../support/queue-project.js';
import { resetToStart } from '../support/reset.js';
import { withWorker } from '../support/with-worker.js';

let server: SharedDevServer;
let sandbox: Sandbox;

beforeAll(async () => {
  server = await connectToDevServer();
  sandbox = await startSandbox({ firstTicket: firstTicket() });
});
afterAll(async () => {
  await sandbox.close();
  await server.close();
});

it.concurrent.each<[CreateFence, CreateFence]>([
  ['none', 'run-id'],
  ['run-id', 'none'],
  ['variable', 'run-id'],
  ['variable', 'none'],
])(
  'a job that was answered is not doubled where its connection says "%s" before a reset and "%s" after',
  async (...fences) => {
    const taskQueue = server.unique('fences');
    const [before, after] = fences;
    const config = fences.join('-to-');
    const handle = await server.client.workflow.start('runJob', {
      workflowId: taskQueue,
      taskQueue,
      args: [{ ...scripted({ durationSeconds: 5 }), config }],
    });
    const ofWorker = (createFence: CreateFence): Parameters<typeof withWorker>[0] => ({
      connection: server.nativeConnection,
      taskQueue,
      sandbox,
      settings: { token: () => QUEUE_TOKEN, createFence },
    });
    const jobId = await withWorker(ofWorker(before), async () => {
      const created = await handle.executeUpdate<{ jobId: string }, []>('waitForCreated');
      return created.jobId;
    });
    const again = await resetToStart(handle);
    const result = (await withWorker(ofWorker(after), () => again.result())) as JobResult;
    expect(result).toMatchObject({ jobId, adopted: true, status: 'success' });
    expect((await sandbox.jobs()).filter(({ params }) => params['config'] === config)).toHaveLength(1);
  },
);
