import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readChildJob } from '../../src/activities/pipeline/read-child-job.js';
import type { CanceledChild } from '../../src/job/remote-steps.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { startShown } from '../support/shown-workflows.js';
import { untilShown } from '../support/until-shown.js';

const SHOWN = { jobId: '7', runId: '9.7', status: 'processing' };

let server: SharedDevServer;
let taskQueue: string;

beforeAll(async () => {
  server = await connectToDevServer();
  taskQueue = server.unique('read-child-job');
});
afterAll(() => server.close());

/** As a pipeline asks that Temporal has forgotten. */
async function read(workflowId: string): Promise<CanceledChild> {
  const workflowExecution = { workflowId: server.unique('pipeline'), runId: randomUUID() };
  const environment = new MockActivityEnvironment({ taskQueue, workflowExecution }, { client: server.client });
  return await environment.run(() => readChildJob(workflowId));
}

describe.concurrent('the job of a workflow that no worker answers for', () => {
  it('is the one that its search attributes show, where it was terminated', async () => {
    const [handle] = await startShown(server, { taskQueue, workflowType: 'runJob', jobs: [SHOWN] });
    await handle!.terminate();
    expect(await read(handle!.workflowId)).toEqual({ job: { ...SHOWN, outcome: 'left-alone' } });
  });

  it('is the one that its search attributes show, where it has timed out', async () => {
    const jobs = [{ ...SHOWN, timeout: '1s' as const }];
    const [handle] = await startShown(server, { taskQueue, workflowType: 'runJob', jobs });
    await untilShown(server.client, [handle!], 'ExecutionStatus = "TimedOut"');
    expect(await read(handle!.workflowId)).toEqual({ job: { ...SHOWN, outcome: 'left-alone' } });
  });

  it('is not known where they show none', async () => {
    const workflowId = server.unique('runJob');
    const handle = await server.client.workflow.start('runJob', { taskQueue, workflowId, args: [] });
    await handle.terminate();
    expect(await read(workflowId)).toEqual({});
  });
});
