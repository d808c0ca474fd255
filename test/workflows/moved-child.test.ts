import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TaskInput } from '../../src/job/pipeline/input.js';
import { eventually } from '../support/eventually.js';
import { causeOf, LONG, pipeline, PipelineLab, task } from '../support/pipeline-lab.js';
import { resetToLatest } from '../support/reset.js';
import { sendSignals } from '../support/send-signals.js';

/** Nearly as many events as a run may have before a job's workflow goes on in a new one. */
const EVENTS = 3_950;

let lab: PipelineLab;

beforeAll(async () => {
  lab = await PipelineLab.open();
});
beforeEach(() => lab.lab.sandbox.reset());
afterAll(() => lab.close());

/** The workflow of the task goes on in a new run by itself. */
async function goesOn(child: WorkflowHandle): Promise<void> {
  const { runId } = await child.describe();
  await sendSignals(child, 'somethingUnknown', EVENTS);
  await eventually(async () => {
    await child.signal('nudge');
    expect((await child.describe()).runId).not.toBe(runId);
  });
}

async function isReset(child: WorkflowHandle): Promise<void> {
  await resetToLatest(child);
}

async function begun(one: TaskInput): Promise<{ handle: WorkflowHandle; child: WorkflowHandle; jobId: string }> {
  const handle = await lab.start(pipeline([one]));
  const jobId = await lab.jobOf(handle, 'a');
  return { handle, child: lab.child(handle, 'a'), jobId };
}

async function statusIn(jobId: string): Promise<string | undefined> {
  return (await lab.lab.sandbox.jobs()).find(({ id }) => String(id) === jobId)?.status;
}

describe.each([
  ['has gone on in a new run', goesOn],
  ['was reset', isReset],
])('a task whose workflow %s', (_, move) => {
  it('is stopped with its pipeline', async () => {
    const { handle, child, jobId } = await begun(task('a', LONG));
    await move(child);
    await handle.cancel();
    expect((await causeOf(handle)).name).toBe('CancelledFailure');
    expect(await statusIn(jobId)).toBe('terminated');
  });

  it('is stopped by its timeout', async () => {
    const { handle, child, jobId } = await begun(task('a', LONG, { timeout: '15s' }));
    await move(child);
    await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'PipelineFailed' } });
    expect(await statusIn(jobId)).toBe('terminated');
  });
});

it('a nested pipeline that was reset is stopped with the one around it', async () => {
  const handle = await lab.start(pipeline([{ id: 'n', pipeline: pipeline([task('a', LONG)]) }]));
  const nested = lab.child(handle, 'n');
  const jobId = await lab.jobOf(nested, 'a');
  await resetToLatest(nested);
  await handle.cancel();
  expect((await causeOf(handle)).name).toBe('CancelledFailure');
  expect(await statusIn(jobId)).toBe('terminated');
});
