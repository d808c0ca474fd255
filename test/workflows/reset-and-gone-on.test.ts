import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newLifeState, type LifeState } from '../../src/job/life-state.js';
import type { JobResult } from '../../src/job/result.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { openJobLab, scripted, type JobLab } from '../support/job-lab.js';

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

/** A job, and what becomes of a creation of the same fence in a run that is handed this state. */
async function createdAgain(state: Partial<LifeState>): Promise<{ first: string; result: JobResult; posts: number }> {
  const input = scripted({ durationSeconds: 0 });
  const handle = await lab.start(input);
  const { jobId: first } = (await handle.result()) as JobResult;
  const { posts } = lab.sandbox.counters;
  const again = await server.client.workflow.start('goesOnAs', {
    workflowId: server.unique('reset'),
    taskQueue: lab.taskQueue,
    args: ['runJob', input, { ...newLifeState((await handle.describe()).runId, Date.now()), ...state }],
  });
  return { first, result: (await again.result()) as JobResult, posts: lab.sandbox.counters.posts - posts };
}

it('a run that goes on after a reset adopts the job that the run before the reset has made', async () => {
  const { first, result, posts } = await createdAgain({ wasReset: true });
  expect(result).toMatchObject({ jobId: first, status: 'success', adopted: true });
  expect(posts).toBe(0);
});

it('a run that goes on without one creates its job at once', async () => {
  const { first, result, posts } = await createdAgain({});
  expect(result.jobId).not.toBe(first);
  expect(posts).toBe(1);
});
