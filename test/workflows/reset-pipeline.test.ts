import type { WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { PIPELINE_MEMO, type PipelineResult } from '../../src/job/pipeline/result.js';
import { eventually } from '../support/eventually.js';
import { causeOf, FAILS, LONG, pipeline, PipelineLab, statuses, task, tasksOf } from '../support/pipeline-lab.js';
import { adopting, resetToStart } from '../support/reset.js';
import { UNTIL_ENDED } from '../support/until-ended.js';

let lab: PipelineLab;

beforeAll(async () => {
  lab = await PipelineLab.open();
});
beforeEach(() => lab.lab.sandbox.reset());
afterAll(() => lab.close());

/** Once it is asked to stop, it works on for hours, or until the test lets the clock leap over them. */
const STUBBORN = { durationSeconds: 1_000_000, whenKilled: 'finishFirst', killLatencySeconds: 36_000 };
const STUBBORN_MS = STUBBORN.killLatencySeconds * 1_000;
const LOOKS_AGAIN = /^Check tasks from before the reset again in \d/;

async function summariesOfTimers(handle: WorkflowHandle): Promise<string[]> {
  const { events } = await handle.fetchHistory();
  const timers = (events ?? []).filter(({ timerStartedEventAttributes: started }) => started);
  return timers.map(({ userMetadata }) => defaultPayloadConverter.fromPayload<string>(userMetadata?.summary ?? {}));
}

/** Keboola has been asked to stop a job, and has not done so yet. */
async function stopping(jobId: string): Promise<void> {
  await eventually(async () => {
    expect(await lab.lab.sandbox.jobs()).toMatchObject([{ id: Number(jobId), status: 'terminating' }]);
  });
}

/** A pipeline has asked the workflow of a task to stop that is none of its own children. */
async function handedOn(handle: WorkflowHandle): Promise<void> {
  await eventually(async () => {
    const { events } = await handle.fetchHistory();
    const asked = (events ?? []).filter(
      (event) => event.requestCancelExternalWorkflowExecutionInitiatedEventAttributes,
    );
    expect(asked.length).toBeGreaterThan(0);
  });
}

it('waits for the job that it had started, and makes no second one', async () => {
  const handle = await lab.start(pipeline([task('long', UNTIL_ENDED)], [task('next')]));
  const jobId = await lab.jobOf(handle, 'long');
  const again = await resetToStart(handle);
  await adopting(again);
  await lab.endInKeboola(jobId);
  const result = (await again.result()) as PipelineResult;
  expect(statuses(result)).toEqual({ long: 'success', next: 'success' });
  expect(tasksOf(result)['long']?.job?.jobId).toBe(jobId);
  expect(lab.lab.sandbox.counters.posts).toBe(2);
});

it('tells a failure of that job as it tells those of others', async () => {
  const handle = await lab.start(pipeline([task('long', { ...FAILS, ...UNTIL_ENDED })]));
  const jobId = await lab.jobOf(handle, 'long');
  const again = await resetToStart(handle);
  await adopting(again);
  await lab.endInKeboola(jobId);
  const cause = await causeOf(again);
  expect(cause).toMatchObject({ type: 'PipelineFailed' });
  const { long } = tasksOf(cause.details?.[0] as PipelineResult);
  expect(long).toMatchObject({ status: 'error', job: { jobId }, error: { type: 'JobApplicationError' } });
});

it('stops that job when it is cancelled', async () => {
  const handle = await lab.start(pipeline([task('long', LONG)]));
  const jobId = await lab.jobOf(handle, 'long');
  const again = await resetToStart(handle);
  await adopting(again);
  await again.cancel();
  expect((await causeOf(again)).name).toBe('CancelledFailure');
  expect(await lab.lab.sandbox.jobs()).toMatchObject([{ id: Number(jobId), status: 'terminated' }]);
});

it('stops that job when the timeout of its task is over, and tells in the history what each timer is for', async () => {
  // Long enough for the job to be there, unless the machine stands still for as long.
  const handle = await lab.start(pipeline([task('long', LONG, { timeout: '10s' })]));
  await lab.jobOf(handle, 'long');
  const again = await resetToStart(handle);
  const cause = await causeOf(again);
  const summaries = await summariesOfTimers(again);
  expect(summaries).toContain('Timeout of long');
  expect(summaries.filter((one) => one !== 'Timeout of long' && !LOOKS_AGAIN.test(one))).toEqual([]);
  const { long } = tasksOf(cause.details?.[0] as PipelineResult);
  expect(long).toMatchObject({ error: { type: 'JobTimedOut' }, job: { status: 'terminated' } });
});

it('fails a task whose workflow runs, and is none of its own', async () => {
  const workflowId = lab.server.unique('pipeline');
  const { client } = lab.server;
  const stranger = await client.workflow.start('runJob', {
    workflowId: `${workflowId}/long`,
    taskQueue: lab.lab.taskQueue,
    args: [task('long', LONG).job],
  });
  const cause = await causeOf(await lab.start(pipeline([task('long', LONG)]), workflowId));
  expect(tasksOf(cause.details?.[0] as PipelineResult)['long']).toMatchObject({ error: { type: 'Failed' } });
  expect((await stranger.describe()).status.name).toBe('RUNNING');
  await stranger.cancel();
  await causeOf(stranger);
});

it('waits until the workflow of a pipeline that was terminated is over, and starts its own', async () => {
  const former = await lab.start(pipeline([task('long', STUBBORN)]));
  const jobId = await lab.jobOf(former, 'long');
  await former.terminate();
  const again = await lab.start(pipeline([task('long')]), former.workflowId);
  await adopting(again);
  await stopping(jobId);
  lab.clock.advance(STUBBORN_MS);
  const result = (await again.result()) as PipelineResult;
  const { long } = tasksOf(result);
  expect(long).toMatchObject({ status: 'success' });
  expect(long?.job?.jobId).not.toBe(jobId);
  const [first, second] = await lab.lab.sandbox.jobs();
  expect(Date.parse(second?.createdTime ?? '')).toBeGreaterThanOrEqual(Date.parse(first?.endTime ?? ''));
});

it('starts nothing once it is cancelled while it waits for the workflow of one that was terminated', async () => {
  const former = await lab.start(pipeline([task('long', STUBBORN)]));
  const jobId = await lab.jobOf(former, 'long');
  await former.terminate();
  const again = await lab.start(pipeline([task('long')]), former.workflowId);
  await adopting(again);
  await again.cancel();
  await handedOn(again);
  await stopping(jobId);
  lab.clock.advance(STUBBORN_MS);
  expect((await causeOf(again)).name).toBe('CancelledFailure');
  expect(lab.lab.sandbox.counters.posts).toBe(1);
});

it.each([
  ['its timeout', 'JobTimedOut', () => Promise.resolve()],
  ['a cancellation', 'Canceled', (pipeline: WorkflowHandle) => pipeline.cancel()],
] as const)(
  'takes no job of one that was terminated for its own where %s comes before the end of that',
  async (_, type, stop) => {
    const former = await lab.start(pipeline([task('long', STUBBORN)]));
    const jobId = await lab.jobOf(former, 'long');
    await former.terminate();
    const timeout = type === 'JobTimedOut' ? '1s' : '1h';
    const again = await lab.start(pipeline([task('long', {}, { timeout })]), former.workflowId);
    await adopting(again);
    await stop(again);
    await handedOn(again);
    await stopping(jobId);
    lab.clock.advance(STUBBORN_MS);
    const { details } = await causeOf(again);
    const { memo } = await again.describe();
    const { long } = tasksOf((details?.[0] ?? memo?.[PIPELINE_MEMO]) as PipelineResult);
    expect(long).toMatchObject({ status: 'cancelled', error: { type } });
    expect(long).not.toHaveProperty('job');
    expect(lab.lab.sandbox.counters.posts).toBe(1);
  },
);

it('starts nothing beside a job of one that was terminated, where its workflow was not seen to stop it', async () => {
  const former = await lab.start(pipeline([task('long', STUBBORN)]));
  await lab.jobOf(former, 'long');
  await former.terminate();
  const again = await lab.start(pipeline([task('long')]), former.workflowId);
  await adopting(again);
  await lab.child(former, 'long').terminate();
  const { long } = tasksOf((await causeOf(again)).details?.[0] as PipelineResult);
  expect(long).toMatchObject({ status: 'error', error: { type: 'KillNotConfirmed' } });
  expect(lab.lab.sandbox.counters.posts).toBe(1);
});
