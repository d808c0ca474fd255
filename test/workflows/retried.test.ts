import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newLifeState, type LifeState } from '../../src/job/life-state.js';
import type { JobResult } from '../../src/job/result.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';

let server: SharedDevServer;
let lab: JobLab;

beforeAll(async () => {
  server = await connectToDevServer();
  const workflowsPath = fileURLToPath(new URL('authors/goes-on-as-a-job.workflow.ts', import.meta.url));
  lab = await openJobLab(server, { worker: { workflowsPath } });
});
afterAll(async () => {
  await lab.close();
  await server.close();
});

/** The state of a wait for a job that has failed meanwhile. */
async function stateWithFailedJob(): Promise<LifeState> {
  await settled(await lab.start(scripted({ durationSeconds: 0, status: 'error', error: 'application' })));
  const [failed] = await lab.sandbox.jobs();
  return {
    ...newLifeState('another-run', Date.now()),
    plan: {
      connection: 'default',
      project: { id: '1134', name: 'Tutorial' },
      component: 'keboola.ex-http',
      onWarning: 'accept',
      onTerminated: 'cancel',
      onAmbiguousCreate: 'fail',
      children: 'ignore',
      searchAttributes: false,
    },
    created: { jobId: String(failed?.id), status: 'processing', url: lab.sandbox.url },
  };
}

it('a retry by the policy of the author makes a new job, also of a wait that has gone on in a new run', async () => {
  const state = await stateWithFailedJob();
  const handle = await server.client.workflow.start('goesOnAsAJob', {
    workflowId: server.unique('retried'),
    taskQueue: lab.taskQueue,
    args: [scripted({ durationSeconds: 0 }), state],
    retry: { maximumAttempts: 2, initialInterval: '1s' },
  });
  const result = (await handle.result()) as JobResult;
  expect(result.status).toBe('success');
  expect(result.jobId).not.toBe(state.created?.jobId);
});
