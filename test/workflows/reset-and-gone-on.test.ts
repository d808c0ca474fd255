import { afterAll, beforeAll, expect, it } from 'vitest';
import { newLifeState, type LifeState } from '../../src/job/life-state.js';
import type { JobResult } from '../../src/job/result.js';
import { openGoesOnLab, type GoesOnLab } from '../support/goes-on-lab.js';
import { scripted, type JobLab } from '../support/job-lab.js';

let runs: GoesOnLab;
let lab: JobLab;

beforeAll(async () => {
  runs = await openGoesOnLab();
  ({ lab } = runs);
});
afterAll(() => runs.close());

/** A job, and what becomes of a creation of the same fence in a run that is handed this state. */
async function createdAgain(state: Partial<LifeState>): Promise<{ first: string; result: JobResult; posts: number }> {
  const input = scripted({ durationSeconds: 0 });
  const handle = await lab.start(input);
  const { jobId: first } = (await handle.result()) as JobResult;
  const { posts } = lab.sandbox.counters;
  const carried = { ...newLifeState((await handle.describe()).runId, Date.now()), ...state };
  const again = await runs.goesOn({ workflowType: 'runJob', input, carried });
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
