import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { PipelineResult } from '../../src/job/pipeline/result.js';
import { storage } from '../sandbox/storage-support.js';
import { eventually } from '../support/eventually.js';
import { causeOf, LONG, pipeline, PipelineLab, statuses, task, tasksOf } from '../support/pipeline-lab.js';
import { adopting, resetToStart } from '../support/reset.js';
import { CSV, TABLE } from '../support/storage-lab.js';
import { untilShown } from '../support/until-shown.js';

const HOUR_MS = 3_600_000;
const AN_HOUR = { durationSeconds: HOUR_MS / 1_000 };

let lab: PipelineLab;

beforeAll(async () => {
  lab = await PipelineLab.open();
});
beforeEach(() => lab.lab.sandbox.reset());
afterAll(() => lab.close());

/** Resets a pipeline to before its first task, once Temporal's list shows the child that runs. */
async function resetWhileRuns(handle: WorkflowHandle, child: string): Promise<WorkflowHandle> {
  await untilShown(lab.server.client, [lab.child(handle, child)], 'ExecutionStatus = "Running"');
  return await resetToStart(handle);
}

async function jobsNow(): Promise<string[]> {
  return (await lab.lab.sandbox.jobs()).map(({ status }) => status).sort();
}

it('stops what runs of later phases before it does an earlier one again', async () => {
  const handle = await lab.start(pipeline([task('load')], [task('transform', LONG)]));
  const jobId = await lab.jobOf(handle, 'transform');
  const again = await resetWhileRuns(handle, 'transform');
  await eventually(() => expect(lab.lab.sandbox.counters.posts).toBe(4));
  const [former, second] = (await lab.lab.sandbox.jobs()).filter(({ status }) => status !== 'success');
  expect(former).toMatchObject({ id: Number(jobId), status: 'terminated' });
  const loads = (await lab.lab.sandbox.jobs()).filter(({ status }) => status === 'success');
  expect(Date.parse(loads[1]?.createdTime ?? '')).toBeGreaterThanOrEqual(Date.parse(former?.endTime ?? ''));
  expect(second?.status).not.toBe('terminated');
  await again.cancel();
  expect((await causeOf(again)).name).toBe('CancelledFailure');
  expect(await jobsNow()).toEqual(['success', 'success', 'terminated', 'terminated']);
});

it('begins nothing anew where a job of Storage of a later phase goes on', async () => {
  const { sandbox } = lab.lab;
  await storage(sandbox, '/buckets', { method: 'POST', body: { name: 'main', stage: 'in' } });
  sandbox.faults.add({ route: 'tableCreate', jobSeconds: 100_000 });
  const importing = { id: 'in', import: { table: TABLE, source: { csv: CSV } } };
  const handle = await lab.start(pipeline([task('load')], [importing]));
  await lab.jobOf(handle, 'in');
  const cause = await causeOf(await resetWhileRuns(handle, 'in'));
  expect(cause).toMatchObject({ type: 'KillNotConfirmed' });
  expect(cause.message).toContain(`workflow ${handle.workflowId}/in may have left something running in Keboola`);
  expect(sandbox.counters).toMatchObject({ posts: 1, storagePosts: 1 });
});

it('waits for a second attempt that runs, and makes no first one beside it', async () => {
  const rules = { retry: { attempts: 2, on: ['terminated' as const] } };
  const handle = await lab.start(pipeline([task('long', AN_HOUR, rules)]));
  await lab.killInKeboola(await lab.jobOf(handle, 'long'));
  const jobId = await lab.jobOf(handle, 'long;attempt=2');
  const again = await resetWhileRuns(handle, 'long;attempt=2');
  await adopting(again);
  lab.clock.advance(HOUR_MS);
  const result = (await again.result()) as PipelineResult;
  expect(statuses(result)).toEqual({ long: 'success' });
  expect(tasksOf(result)['long']).toMatchObject({ job: { jobId }, attempts: 2 });
  expect(lab.lab.sandbox.counters.posts).toBe(2);
});

it('stops at a cancel what it has had no room to wait for', async () => {
  const phases = pipeline([task('short', AN_HOUR), task('long', LONG)]);
  const handle = await lab.start({ ...phases, maxParallel: 1 });
  await lab.jobOf(handle, 'short');
  lab.clock.advance(HOUR_MS);
  const jobId = await lab.jobOf(handle, 'long');
  const again = await resetWhileRuns(handle, 'long');
  await eventually(() => expect(lab.lab.sandbox.counters.posts).toBe(3));
  await again.cancel();
  expect((await causeOf(again)).name).toBe('CancelledFailure');
  expect(await lab.lab.sandbox.jobs()).toContainEqual(
    expect.objectContaining({ id: Number(jobId), status: 'terminated' }),
  );
  expect(await jobsNow()).toEqual(['success', 'terminated', 'terminated']);
});
