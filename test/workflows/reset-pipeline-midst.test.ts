import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PipelineResult } from '../../src/job/pipeline/result.js';
import { eventually } from '../support/eventually.js';
import { causeOf, LONG, pipeline, PipelineLab, statuses, task } from '../support/pipeline-lab.js';
import { resetToNth, tasksIn } from '../support/reset.js';
import { UNTIL_ENDED } from '../support/until-ended.js';
import { untilShown } from '../support/until-shown.js';

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
  await untilShown(lab.server.client, [lab.child(handle, 'long')], 'ExecutionStatus = "Running"');
  await eventually(async () => expect((await tasksIn(handle)).length).toBeGreaterThanOrEqual(TASKS_MIN));
  return { handle, jobId };
}

/** A pipeline knows a child from before the reset, or was told that one of its id runs. */
async function met(handle: WorkflowHandle, childId: string): Promise<void> {
  await eventually(async () => {
    const { events } = await handle.fetchHistory();
    const ids = (events ?? []).map(
      ({
        childWorkflowExecutionStartedEventAttributes: started,
        startChildWorkflowExecutionFailedEventAttributes: failed,
      }) => started?.workflowExecution?.workflowId ?? failed?.workflowId,
    );
    expect(ids).toContain(childId);
  });
}

async function statusOf(jobId: string): Promise<string | undefined> {
  return (await lab.lab.sandbox.jobs()).find(({ id }) => String(id) === jobId)?.status;
}

const points = Array.from({ length: TASKS_MIN }, (_, at) => at);

it.concurrent.each(points)('a pipeline that is reset to its workflow task %i waits for what runs', async (at) => {
  const { handle, jobId } = await inTheMidst(UNTIL_ENDED);
  const again = await resetToNth(handle, at);
  await met(again, `${handle.workflowId}/long`);
  await lab.endInKeboola(jobId);
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
