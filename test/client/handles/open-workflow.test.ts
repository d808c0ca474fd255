import { Client, type WorkflowClientInterceptor } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { openWorkflow } from '../../../src/client/handles/open-workflow.js';
import { connectToDevServer, type SharedDevServer } from '../../support/dev-server.js';

const HOUR_MS = 3_600_000;
const JOB_ID = '7712345';

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

it('a job that the lists show late is found, although the clock of this machine is set forward meanwhile', async () => {
  const now = Date.now.bind(Date);
  let aheadMs = 0;
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => now() + aheadMs);
  // The steady clock stands, so that a slow machine does not end the wait.
  const steady = vi.spyOn(performance, 'now').mockReturnValue(0);
  onTestFinished(() => [clock, steady].forEach((one) => one.mockRestore()));

  const { connection } = server.client;
  const [candidate, late] = [server.unique('candidate'), server.unique('late')];
  onTestFinished(async () => {
    const begun = [candidate, late].map((workflowId) => server.client.workflow.getHandle(workflowId));
    // One that was never begun cannot be terminated.
    await Promise.allSettled(begun.map((handle) => handle.terminate()));
  });
  const begin = async (workflowId: string, jobId?: string): Promise<void> => {
    const KeboolaJobId = defineSearchAttributeKey('KeboolaJobId', SearchAttributeType.KEYWORD);
    const typedSearchAttributes = jobId === undefined ? [] : [{ key: KeboolaJobId, value: jobId }];
    await server.client.workflow.start('runJob', { workflowId, taskQueue: late, args: [{}], typedSearchAttributes });
  };
  let looks = 0;
  const interceptor: WorkflowClientInterceptor = {
    async query({ workflowExecution }) {
      if (workflowExecution.workflowId === candidate && (looks += 1) <= 2) {
        aheadMs = HOUR_MS;
        if (looks === 2) await begin(late, JOB_ID);
      }
      throw new Error('no worker answers');
    },
  };
  await begin(candidate);
  const handle = await openWorkflow(new Client({ connection, interceptors: { workflow: [interceptor] } }), JOB_ID);
  expect(handle.workflowId).toBe(late);
});
