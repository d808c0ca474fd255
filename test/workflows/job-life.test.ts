import { WorkflowUpdateStage } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openGoesOnLab, type GoesOnLab } from '../support/goes-on-lab.js';

let runs: GoesOnLab;

beforeAll(async () => {
  runs = await openGoesOnLab();
});
afterAll(() => runs.close());

it('a wait that is cancelled while it is about to continue as new does not tell clients to ask again', async () => {
  const { server, lab } = runs;
  const handle = await server.client.workflow.start('staysAfterAll', {
    workflowId: server.unique('stays'),
    taskQueue: lab.taskQueue,
  });
  await handle.startUpdate('hold', { waitForStage: WorkflowUpdateStage.ACCEPTED });
  await handle.cancel();
  expect(await handle.result()).toBe('nothing yet');
});
