import type { WorkflowHandleWithFirstExecutionRunId, WorkflowStartOptions } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.js';
import { scripted, settled } from '../../support/job-lab.js';
import { causeOf, pipeline, task } from '../../support/pipeline-lab.js';
import { useJobLab } from '../../support/use-job-lab.js';

const JOB = scripted({ durationSeconds: 0 });
const CALL = { method: 'POST', path: '/gooddata-writer/v2/main/load-data' };
const STORAGE = { method: 'POST', path: 'buckets/in.c-main/tables-async', body: { name: 'orders', dataFileId: 1 } };
const IMPORT = { table: 'in.c-main.orders', source: { csv: 'id\n1\n' } };
const ACTION = { component: 'keboola.ex-db-mysql', action: 'testConnection', configData: {} };
const PIPELINE = pipeline([task('a')]);

const lab = useJobLab();

type Terms = Partial<WorkflowStartOptions>;

async function start(
  workflowType: string,
  args: unknown[],
  terms: Terms = {},
): Promise<WorkflowHandleWithFirstExecutionRunId> {
  const options = { workflowId: lab.server.unique("it's; one"), taskQueue: lab.taskQueue, args, ...terms };
  return await lab.server.client.workflow.start(workflowType, options);
}

describe.concurrent('a time limit of Temporal with a retry policy', () => {
  const retry = { maximumAttempts: 3 };

  it.each<[string, unknown, Terms, string]>([
    ['runJob', JOB, { workflowRunTimeout: '1h' }, 'runTimeout'],
    ['runJob', JOB, { workflowExecutionTimeout: '1d' }, 'runTimeout'],
    ['runAsyncAction', CALL, { workflowRunTimeout: '1h' }, 'runTimeout'],
    ['runStorageJob', STORAGE, { workflowRunTimeout: '1h' }, 'a Storage job cannot be stopped'],
    ['importTable', IMPORT, { workflowRunTimeout: '1h' }, 'a Storage job cannot be stopped'],
    ['exportTable', { table: 'in.c-main.orders' }, { workflowRunTimeout: '1h' }, 'a Storage job cannot be stopped'],
    ['runPipeline', PIPELINE, { workflowExecutionTimeout: '1h' }, 'timeout'],
    ['callAction', ACTION, { workflowRunTimeout: '1h' }, 'within 45 s'],
  ])('is refused, because a retry would work beside what still runs: %s', async (workflowType, input, terms, way) => {
    const cause = await causeOf(await start(workflowType, [input], { retry, ...terms }));
    expect(cause).toMatchObject({ type: 'InvalidInput', nonRetryable: true });
    expect(cause.message).toContain('timeout and a retry policy');
    expect(cause.message).toContain(way);
  });

  it.each<[string, Terms]>([
    ['a limit without a policy', { workflowRunTimeout: '1h' }],
    ['a policy without a limit', { retry }],
    ['a policy that allows one attempt', { workflowRunTimeout: '1h', retry: { maximumAttempts: 1 } }],
  ])('is no reason to refuse %s', async (_, terms) => {
    const { result } = await settled(await start('runJob', [JOB], terms));
    expect(result).toMatchObject({ status: 'success' });
  });

  it('makes one job: what is refused has created none', async () => {
    const parentRunId = '77001';
    const input = { ...scripted({ durationSeconds: 3_000 }), parentRunId };
    await settled(await start('runJob', [input], { retry, workflowRunTimeout: '2s' }));
    expect(lab.sandbox.counters.byRunIdPrefix(parentRunId)).toMatchObject({ posts: 0, jobs: 0 });
  });
});

describe.concurrent('a cron', () => {
  it.each<[string, unknown]>([
    ['runJob', JOB],
    ['runAsyncAction', CALL],
    ['waitForJob', { jobId: '1' }],
    ['runStorageJob', STORAGE],
    ['runPipeline', PIPELINE],
    ['callAction', ACTION],
    ['listComponents', {}],
    ['watchProject', { connection: 'default', stack: 'keboola.example', project: '1134' }],
  ])('is refused, and each of its runs tells of schedules and how to end it: %s', async (workflowType, input) => {
    const handle = await start(workflowType, [input], { cronSchedule: '@every 1s' });
    const failure = await eventually(() => failureOfRun(handle.workflowId, handle.firstExecutionRunId));
    expect(failure.applicationFailureInfo).toMatchObject({ type: 'InvalidInput', nonRetryable: true });
    expect(failure.message).toContain('Use a Temporal Schedule');
    const quoted = `'${handle.workflowId.replaceAll("'", String.raw`'\''`)}'`;
    const command = `temporal workflow terminate --workflow-id ${quoted} --namespace 'default'`;
    expect(failure.message).toContain(command);
    await lab.server.client.workflow.getHandle(handle.workflowId).terminate();
  });
});

/** Of a run that another one has followed. */
async function failureOfRun(workflowId: string, runId: string): Promise<temporal.api.failure.v1.IFailure> {
  const { events } = await lab.server.client.workflow.getHandle(workflowId, runId).fetchHistory();
  const last = events?.at(-1);
  const { failure } =
    last?.workflowExecutionFailedEventAttributes ?? last?.workflowExecutionContinuedAsNewEventAttributes ?? {};
  if (!failure) throw new Error(`the run has not failed: ${JSON.stringify(last)}`);
  return failure;
}
