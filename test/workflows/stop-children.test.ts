import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JOB_MEMO, waitForCreatedUpdate } from '../../src/job/messages.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';

const LONG = { durationSeconds: 3_000 };
const child = { component: 'keboola.ex-http', ...LONG };

let server: SharedDevServer;
let lab: JobLab;

beforeAll(async () => {
  server = await connectToDevServer();
  lab = await openJobLab(server);
  // Keboola is said to stop the children of a job that is stopped; here it does not.
  await lab.sandbox.settings({ killPropagation: false, workers: 100 });
});
afterAll(async () => {
  await lab.close();
  await server.close();
});

async function jobsBelow(runId: string): Promise<{ status: string; isFinished: boolean }[]> {
  return (await lab.sandbox.jobs()).filter((job) => job.runId.startsWith(`${runId}.`));
}

/** Starts a job and waits until so many jobs at least run below its fence, itself included. */
async function started(script: object, jobs: number): Promise<{ handle: WorkflowHandle; fence: string }> {
  const handle = await lab.start(scripted({ ...LONG, ...script }));
  const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
  const job = (await lab.sandbox.jobs()).find(({ id }) => String(id) === jobId);
  const fence = job?.runId.split('.')[0] ?? '';
  await eventually(async () => {
    const running = (await jobsBelow(fence)).filter(({ status }) => status === 'processing');
    expect(running.length).toBeGreaterThanOrEqual(jobs);
  });
  return { handle, fence };
}

describe.concurrent('the jobs that a stopped job has spawned', () => {
  it('are stopped too, at any depth, although Keboola leaves them running', async () => {
    const children = [{ ...child, children: [child, child] }, child, child];
    const { handle, fence } = await started({ children }, 6);
    await handle.cancel();
    await settled(handle);
    const jobs = await jobsBelow(fence);
    expect(jobs).toHaveLength(6);
    expect(jobs.filter(({ isFinished }) => !isFinished)).toEqual([]);
  });

  it('are found under each run id that the job has had', async () => {
    const script = { rerunAfterSeconds: 2, rerunWithNewRunId: true, children: [child] };
    const { handle, fence } = await started(script, 2);
    // The second execution has a run id of its own, and spawns once more.
    await eventually(async () => expect((await jobsBelow(fence)).length).toBe(3));
    await handle.cancel();
    await settled(handle);
    expect((await jobsBelow(fence)).filter(({ isFinished }) => !isFinished)).toEqual([]);
  });

  it('are not taken for stopped by an answer that does not even show the job itself', async () => {
    const { handle, fence } = await started({ children: [child] }, 2);
    lab.sandbox.faults.add({ route: 'list', times: 2, emptyList: true });
    await handle.cancel();
    await settled(handle);
    expect((await jobsBelow(fence)).filter(({ isFinished }) => !isFinished)).toEqual([]);
  });
});

describe.concurrent('the end of a stopped job', () => {
  it('is read once more: a worker that had not heard of the kill may have written another one', async () => {
    const { handle } = await started({ whenKilled: 'finishFirst', flipAfterSeconds: 2 }, 1);
    await handle.cancel();
    await settled(handle);
    expect((await handle.describe()).memo?.[JOB_MEMO]).toMatchObject({ status: 'terminated', outcome: 'killed-by-us' });
  });

  it('is told as it is when the job finished although it was killed', async () => {
    const { handle } = await started({ whenKilled: 'finishFirst' }, 1);
    await handle.cancel();
    await settled(handle);
    expect((await handle.describe()).status.name).toBe('CANCELLED');
    expect((await handle.describe()).memo?.[JOB_MEMO]).toMatchObject({ status: 'success', outcome: 'finished-first' });
  });
});

describe('the jobs below a stopped job', () => {
  it('are known to have stopped although more than a thousand of them had ended before', async ({ onTestFinished }) => {
    const own = await openJobLab(server);
    onTestFinished(() => own.close());
    await own.sandbox.settings({ workers: 2_000 });
    const short = { component: 'keboola.ex-http', durationSeconds: 0.1 };
    const group = { ...short, children: Array.from({ length: 99 }, () => short) };
    const handle = await own.start(scripted({ ...LONG, children: Array.from({ length: 11 }, () => group) }));
    await eventually(() => expect(own.sandbox.counters.runs).toBe(1_101));
    await handle.cancel();
    await settled(handle);
    expect((await handle.describe()).status.name).toBe('CANCELLED');
    expect((await own.sandbox.jobs()).filter(({ isFinished }) => !isFinished)).toEqual([]);
  });
});
