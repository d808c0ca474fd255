import { defaultPayloadConverter } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { JobHandle } from '../../../src/client/handles/job-handle.js';
import { waitForCreatedUpdate } from '../../../src/job/messages.js';
import { connectToDevServer, type SharedDevServer } from '../../support/dev-server.js';
import { workerByHand } from '../../support/worker-by-hand.js';

/** After as many Temporal takes no update. */
const FAILURES = 3;
const { COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION } = temporal.api.enums.v1.CommandType;
const REFUSED = 'Unable to perform workflow execution update due to Workflow Task in failed state';

let server: SharedDevServer;
beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

it('the creation of a job is waited for while the tasks of its workflow fail, since a worker gets over that', async () => {
  const { client } = server;
  const [workflowId, taskQueue] = [server.unique('failing'), server.unique('failing')];
  const worker = workerByHand(client, taskQueue);
  const started = await client.workflow.start('runJob', { workflowId, taskQueue, args: [] });
  await worker.fail(FAILURES);
  const refusal: unknown = await started.executeUpdate(waitForCreatedUpdate).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ cause: { details: expect.stringContaining(REFUSED) as string } });

  const created = new JobHandle(client, workflowId).created();
  const early = await Promise.race([created.catch((error: unknown) => error), worker.takeUp()]);
  expect(early).toBeInstanceOf(Uint8Array);
  const job = { jobId: '7', runId: '1.7' };
  await worker.complete(early as Uint8Array, [
    {
      commandType: COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
      completeWorkflowExecutionCommandAttributes: { result: { payloads: [defaultPayloadConverter.toPayload(job)] } },
    },
  ]);
  expect(await created).toEqual(job);
});
