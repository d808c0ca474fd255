import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PipelineResult } from '../../src/job/pipeline/result.js';
import { eventually } from '../support/eventually.js';
import { causeOf, LONG, pipeline, PipelineLab, statuses, task } from '../support/pipeline-lab.js';
import { resetToNth, tasksIn } from '../support/reset.js';

/** A phase of three tasks, of which two have ended and one runs: its history has at least so many workflow tasks. */
const TASKS_MIN = 4;

let lab: PipelineLab;

beforeAll(async () => {
  lab = await PipelineLab.open();
});
afterAll(() => lab.close());

/** In the midst of its phase. */
async function inTheMidst(script: object): Promise<{ handle: WorkflowHandle; jobId: string }> {
  const handle = await lab.start(pipeline([task('one'), task('two'), task('long', { ...script })]));
  const jobId = await lab.jobOf(handle, 'long');
  await Promise.all(['one', 'two'].map((id) => lab.child(handle, id).result()));
  const { client } = lab.server;
  const query = `WorkflowId = "${handle.workflowId}/long" AND ExecutionStatus = "Running"`;
  await eventually(async () => expect((await client.workflow.count(query)).count).toBe(1));
  await eventually(async () => expect((await tasksIn(handle)).length).toBeGreaterThanOrEqual(TASKS_MIN));
  return { handle, jobId };
}

async function statusOf(jobId: string): Promise<string | undefined> {
  return (await lab.lab.sandbox.jobs()).find(({ id }) => String(id) === jobId)?.status;
}

const points = Array.from({ length: TASKS_MIN }, (_, at) => at);

it.concurrent.each(points)('a pipeline that is reset to its workflow task %i waits for what runs', async (at) => {
  const { handle, jobId } = await inTheMidst({ durationSeconds: 300 });
  const again = await resetToNth(handle, at);
  const result = (await again.result()) as PipelineResult;
  expect(statuses(result)).toEqual({ one: 'success', two: 'success', long: 'success' });
  expect(JSON.stringify(result)).toContain(`"jobId":"${jobId}"`);
});

it.concurrent.each(points)(
  'a pipeline that is reset to its workflow task %i stops what runs when it is cancelled',
  async (at) => {
    const { handle, jobId } = await inTheMidst(LONG);
    const again = await resetToNth(handle, at);
    await again.cancel();
    expect((await causeOf(again)).name).toBe('CancelledFailure');
    expect(await statusOf(jobId)).toBe('terminated');
  },
);
