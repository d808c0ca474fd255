import { Client, type WorkflowClientInterceptor } from '@temporalio/client';
import { expect, it, onTestFinished, vi } from 'vitest';
import { JobHandle } from '../../src/client/handles/job-handle.js';
import { NoWorkerError } from '../../src/client/errors.js';
import { hasPollers } from '../../src/temporal/pollers.js';
import { eventually } from '../support/eventually.js';
import { useJobLab } from '../support/use-job-lab.js';

const AHEAD_MS = 180_000;

const lab = useJobLab();

it('a task queue has pollers where a worker serves it, and none where none ever has', async () => {
  const { client } = lab.server;
  await eventually(async () => expect(await hasPollers(client, lab.taskQueue)).toBe(true));
  expect(await hasPollers(client, lab.server.unique('nobody'))).toBe(false);
});

it('a worker that lives is seen by a client whose clock is minutes ahead of that of the server', async () => {
  const { client } = lab.server;
  await eventually(async () => expect(await hasPollers(client, lab.taskQueue)).toBe(true));
  const now = Date.now.bind(Date);
  const ahead = vi.spyOn(Date, 'now').mockImplementation(() => now() + AHEAD_MS);
  onTestFinished(() => ahead.mockRestore());
  expect(await hasPollers(client, lab.taskQueue)).toBe(true);
});

it('a server that does not say whether there are workers is believed to have some', async () => {
  const { connection } = lab.server.client;
  const elsewhere = new Client({ connection, namespace: lab.server.unique('namespace') });
  expect(await hasPollers(elsewhere, lab.taskQueue)).toBeUndefined();
});

it('who asks a workflow that no worker serves need not wait until Temporal gives up the question', async () => {
  const workflowId = lab.server.unique('unserved');
  const options = { workflowId, taskQueue: lab.server.unique('nobody'), args: [{}] };
  await lab.server.client.workflow.start('runJob', options);
  const givesUpNever: WorkflowClientInterceptor = { query: () => new Promise<never>(() => undefined) };
  const { connection } = lab.server.client;
  const client = new Client({ connection, interceptors: { workflow: [givesUpNever] } });
  await expect(new JobHandle(client, workflowId).snapshot()).rejects.toThrow(NoWorkerError);
});
