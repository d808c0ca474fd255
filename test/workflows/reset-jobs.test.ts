import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import type { JobSnapshot } from '../../src/job/messages.js';
import { eventually } from '../support/eventually.js';
import { COMPONENT } from '../support/foreign-jobs.js';
import { scripted, settled } from '../support/job-lab.js';
import { QUEUE_TOKEN } from '../support/queue-project.js';
import { resetToNth, resetToStart, tasksIn } from '../support/reset.js';
import { endInKeboola, runsInKeboola, UNTIL_ENDED } from '../support/until-ended.js';
import { useJobLab } from '../support/use-job-lab.js';
import { withWorker } from '../support/with-worker.js';

/** So long the worker believes a list that does not show the job yet, and a moment more. */
const LIST_IS_KEPT_MS = 1_100;
const FOR_LONG = { durationSeconds: 36_000 };
/** A workflow that has looked for foreign jobs, has created its job and has read it has had at least so many tasks. */
const TASKS_MIN = 3;

const lab = useJobLab();
const full = useJobLab();
const onQueue = useJobLab({ token: QUEUE_TOKEN });

type Lab = typeof lab;

async function running(input: unknown, on: Pick<Lab, 'start'> = lab): Promise<[WorkflowHandle, string]> {
  const handle = await on.start(input);
  const { jobId } = await handle.executeUpdate<{ jobId: string }, []>('waitForCreated');
  return [handle, jobId];
}

async function statusOf(jobId: string, { sandbox }: Pick<Lab, 'sandbox'> = lab): Promise<string | undefined> {
  return (await sandbox.jobs()).find(({ id }) => String(id) === jobId)?.status;
}

/** A workflow that was reset and cancelled while no worker ran, and what its job has come to. */
async function cancelledUnseen(
  workflowType: string,
  input: unknown,
): Promise<{ error: Error | undefined; jobId: string }> {
  const taskQueue = lab.server.unique('reset');
  const { client, nativeConnection: connection } = lab.server;
  const ofWorker = { connection, taskQueue, sandbox: lab.sandbox };
  const handle = await client.workflow.start(workflowType, { workflowId: taskQueue, taskQueue, args: [input] });
  const { jobId } = await withWorker(ofWorker, () => handle.executeUpdate<{ jobId: string }, []>('waitForCreated'));
  const again = await resetToStart(handle);
  await again.cancel();
  const { error } = await withWorker(ofWorker, () => settled(again));
  return { error: error?.cause as Error | undefined, jobId };
}

describe.concurrent('a job whose workflow is reset', () => {
  it('is found before room is asked for, of which it takes up a part itself', async () => {
    await full.sandbox.settings({ parallelLimit: 1, searchLagSeconds: 0 });
    const [handle, jobId] = await running({ ...scripted(FOR_LONG), queueTimeout: '5s' }, full);
    await runsInKeboola(full.sandbox, jobId);
    await sleep(LIST_IS_KEPT_MS);
    const again = await resetToStart(handle);
    expect(await again.executeUpdate('waitForCreated')).toMatchObject({ jobId });
    await again.cancel();
    await expect(again.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect(await statusOf(jobId, full)).toBe('terminated');
  });

  it('is stopped by a cancel that comes before anything was asked', async () => {
    const { error, jobId } = await cancelledUnseen('runJob', scripted(FOR_LONG));
    expect(error).toMatchObject({ name: 'CancelledFailure' });
    expect(await statusOf(jobId)).toBe('terminated');
  });

  it('is adopted where the workflow would fail before it has looked for it', async () => {
    const { sandbox } = onQueue;
    const input = { ...scripted(UNTIL_ENDED), createFence: 'none', queueTimeout: '3s' };
    const [handle, jobId] = await running(input, onQueue);
    sandbox.faults.add({ route: 'tickets', times: 'always', status: 503 });
    const again = await resetToStart(handle);
    expect(await again.executeUpdate('waitForCreated')).toMatchObject({ jobId });
    sandbox.faults.clear();
    await again.cancel();
    await expect(again.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  });

  it.each(['wait', 'adopt', 'fail'])(
    'is kept with onForeignJob "%s", to whatever task the workflow is reset',
    async (onForeignJob) => {
      const input = { ...scripted(UNTIL_ENDED), component: COMPONENT, config: `reset-${onForeignJob}`, onForeignJob };
      await Promise.all(
        Array.from({ length: TASKS_MIN }, (_, at) => isKeptAt(at, { ...input, config: `${input.config}-${at}` })),
      );
    },
  );
});

it.concurrent.each(['none', 'adopt'])(
  'a job is kept with onForeignJob "%s" by a workflow that is reset twice, the second time to any task',
  async (onForeignJob) => {
    const one = { ...scripted(UNTIL_ENDED), component: COMPONENT };
    await Promise.all(
      Array.from({ length: TASKS_MIN }, (_, at) => {
        const config = `twice-${onForeignJob}-${at}`;
        return isKeptAt(at, { ...one, config, ...(onForeignJob !== 'none' && { onForeignJob }) }, true);
      }),
    );
  },
);

async function isKeptAt(at: number, input: object, isResetBefore = false): Promise<void> {
  const [first, jobId] = await running(input);
  const handle = isResetBefore ? await resetToStart(first) : first;
  await handle.executeUpdate('waitForCreated');
  await eventually(async () => expect((await handle.query<JobSnapshot>('job')).polls).toBeGreaterThan(0));
  await eventually(async () => expect((await tasksIn(handle)).length).toBeGreaterThanOrEqual(TASKS_MIN));
  const again = await resetToNth(handle, at);
  expect(await again.executeUpdate('waitForCreated')).toMatchObject({ jobId });
  await endInKeboola(lab.sandbox, jobId);
  expect(await again.result()).toMatchObject({ jobId, status: 'success' });
}

it('a Storage job whose workflow is reset and cancelled before anything was asked may run, and that is said', async () => {
  lab.sandbox.faults.add({ route: 'branchCreate', jobSeconds: 36_000 });
  const call = { method: 'POST', path: 'dev-branches', body: { name: 'reset' } };
  const { error } = await cancelledUnseen('runStorageJob', call);
  expect(error).toMatchObject({ type: 'CreateAmbiguous', message: expect.stringContaining('run id') as string });
});
