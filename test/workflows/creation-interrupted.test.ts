import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitForCreatedUpdate } from '../../src/job/messages.js';
import { createClock } from '../../src/sandbox/index.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { resetToBefore } from '../support/reset.js';

const HOUR_SECONDS = 3_600;
/** By the clock of Keboola, which stands still until the test lets the answer come. */
const ANSWER_SECONDS = 60;

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

interface Posting {
  lab: JobLab;
  handle: WorkflowHandle;
  /** Lets Keboola answer. */
  answer: () => void;
}

/** A workflow whose POST has arrived and is not answered yet, in a lab of its own. */
async function posting(script: object = { durationSeconds: 2 }): Promise<Posting> {
  const clock = createClock();
  clock.pause();
  const lab = await openJobLab(server, { clock });
  lab.sandbox.faults.add({ route: 'create', delaySeconds: ANSWER_SECONDS, when: 'after' });
  const handle = await lab.start(scripted({ ...script }), server.unique('posting'));
  await eventually(() => expect(lab.sandbox.counters.posts).toBe(1));
  const answer = (): void => {
    clock.advance(ANSWER_SECONDS * 1_000);
    clock.resume();
  };
  return { lab, handle, answer };
}

function answerTo({ sandbox }: JobLab): number | undefined {
  return sandbox.requests.find(({ route }) => route === 'create')?.status;
}

function activityOf({ workflowId }: WorkflowHandle): { namespace: string; execution: object; type: string } {
  return { namespace: 'default', execution: { workflowId }, type: 'createJob' };
}

async function endOf(lab: JobLab, handle: { result(): Promise<unknown> }): Promise<void> {
  const { result } = await settled(handle);
  expect(result).toMatchObject({ status: 'success' });
  expect(lab.sandbox.counters).toMatchObject({ posts: 1, jobs: 1, runs: 1 });
  await lab.close();
}

describe.concurrent('a POST that is under way is neither cut off nor sent again', () => {
  it('when the activity is paused', async () => {
    const { lab, handle, answer } = await posting();
    await server.client.workflowService.pauseActivity({ ...activityOf(handle), reason: 'a test' });
    answer();
    await eventually(() => expect(answerTo(lab)).toBe(202));
    await server.client.workflowService.unpauseActivity(activityOf(handle)).catch(() => undefined);
    await endOf(lab, handle);
  });

  it('when the activity is reset', async () => {
    const { lab, handle, answer } = await posting();
    await server.client.workflowService.resetActivity(activityOf(handle));
    answer();
    await endOf(lab, handle);
  });

  it('when the worker is told to stop: it waits for the answer', async () => {
    const { lab, handle, answer } = await posting({ durationSeconds: 1 });
    lab.worker.shutdown();
    answer();
    await eventually(() => expect(lab.worker.getState()).toBe('STOPPED'));
    const [job] = await lab.sandbox.jobs();
    expect(job).toBeDefined();
    const pending = (await handle.describe()).raw.pendingActivities ?? [];
    expect(pending.filter(({ activityType }) => activityType?.name === 'createJob')).toEqual([]);
    expect(lab.sandbox.counters).toMatchObject({ posts: 1, jobs: 1 });
    await handle.terminate();
    await lab.close();
  });

  it('when the workflow is cancelled: the job is known, and killed', async () => {
    const { lab, handle, answer } = await posting({ durationSeconds: 3_000 });
    await handle.cancel();
    answer();
    await settled(handle);
    const jobs = await lab.sandbox.jobs();
    expect(jobs.map(({ isFinished }) => isFinished)).toEqual([true]);
    expect(lab.sandbox.counters.posts).toBe(1);
    await lab.close();
  });

  it('when the workflow is reset to before the creation while the POST is under way', async () => {
    const { lab, handle, answer } = await posting();
    const again = await resetToBefore('createJob', handle);
    answer();
    await endOf(lab, again);
  });
});

it('an answer that is lost after the job has spawned three children: it is adopted, and they are left alone', async () => {
  const clock = createClock();
  const lab = await openJobLab(server, { clock });
  const child = { component: 'keboola.ex-http', durationSeconds: HOUR_SECONDS };
  lab.sandbox.faults.add({ route: 'create', reset: 'after' });
  lab.sandbox.faults.add({ route: 'list', times: 3, emptyList: true });
  const handle = await lab.start(scripted({ durationSeconds: 1, children: [child, child, child] }));
  await eventually(() => expect(lab.sandbox.counters.jobsInWorld).toBe(4));
  const created = await handle.executeUpdate(waitForCreatedUpdate);
  clock.advance(2 * HOUR_SECONDS * 1_000);
  const { result } = await settled(handle);
  expect(result).toMatchObject({ jobId: created.jobId, status: 'success', adopted: true });
  expect(result?.runId.split('.')).toHaveLength(2);
  expect((await lab.sandbox.jobs()).map(({ status }) => status)).toEqual(Array(4).fill('success'));
  expect(lab.sandbox.counters).toEqual(expect.objectContaining({ posts: 1, jobs: 1, killsByJob: {} }));
  await lab.close();
});
