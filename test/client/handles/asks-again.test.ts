import { afterAll, beforeAll, expect, it } from 'vitest';
import { ContinuesAsNewError } from '../../../src/client/errors.js';
import { JobHandle } from '../../../src/client/handles/job-handle.js';
import { openGoesOnLab, type GoesOnLab } from '../../support/goes-on-lab.js';

let runs: GoesOnLab;

beforeAll(async () => {
  runs = await openGoesOnLab();
});
afterAll(() => runs.close());

it('a workflow that is about to continue as new at each request is reported as that, not as one without a worker', async () => {
  const { server, lab } = runs;
  const workflowId = server.unique('always-leaves');
  const handle = await server.client.workflow.start('alwaysLeaves', { workflowId, taskQueue: lab.taskQueue });
  const error = await new JobHandle(server.client, workflowId).created().catch((reason: unknown) => reason);
  await handle.terminate();
  expect(error).toBeInstanceOf(ContinuesAsNewError);
  expect(error).toMatchObject({ message: `${workflowId} is continuing as new; ask again.` });
});
