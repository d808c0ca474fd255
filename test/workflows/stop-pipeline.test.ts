import { CancelledFailure, WorkflowNotFoundError } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { TaskInput } from '../../src/job/pipeline/input.js';
import { PIPELINE_MEMO, type PipelineResult } from '../../src/job/pipeline/result.js';
import { jobQuery } from '../../src/job/messages.js';
import { pipelineQuery } from '../../src/job/pipeline/view.js';
import { eventually } from '../support/eventually.js';
import { causeOf, LONG, pipeline, PipelineLab, statuses, task, tasksOf } from '../support/pipeline-lab.js';

let lab: PipelineLab;

beforeAll(async () => {
  lab = await PipelineLab.open();
});
afterAll(() => lab.close());

describe.concurrent('a timeout', () => {
  it('stops the task that is over it, and that task alone', async () => {
    const { result, timeoutSeconds } = await lab.stoppedByTimeout(
      (seconds) => pipeline([task('slow', LONG, { timeout: `${seconds}s` }), task('good')]),
      (handle) => lab.jobOf(handle, 'slow'),
    );
    const { slow, good } = tasksOf(result);
    expect(slow).toMatchObject({ error: { type: 'JobTimedOut' }, job: { outcome: 'killed-by-us' } });
    expect(slow?.error?.message).toContain(`${timeoutSeconds} s`);
    expect(good?.status).toBe('success');
  });

  it('stops a nested pipeline with all that it runs', async () => {
    const nested = { id: 'n', pipeline: pipeline([task('slow', LONG)], [task('never')]) };
    const { result } = await lab.stoppedByTimeout(
      (seconds) => pipeline([{ ...nested, timeout: `${seconds}s` }]),
      (handle) => lab.jobOf(handle, 'n/slow'),
    );
    const inner = tasksOf(result)['n'];
    expect(inner).toMatchObject({ status: 'cancelled', error: { type: 'JobTimedOut' } });
    expect(inner?.pipeline && statuses(inner.pipeline)).toEqual({ slow: 'cancelled', never: 'not-started' });
  });
});

describe.concurrent('stopping', () => {
  it('cancels what runs, waits until it has stopped, and starts nothing more', async () => {
    const nested: TaskInput = { id: 'n', pipeline: pipeline([task('b', LONG)]) };
    const retry: TaskInput['retry'] = { attempts: 3, on: ['terminated', 'timeout'] };
    const input = pipeline([task('a', LONG, { retry }), nested, task('late', LONG)], [task('never')]);
    const handle = await lab.start({ ...input, maxParallel: 2 });
    const jobIds = [await lab.jobOf(handle, 'a'), await lab.jobOf(handle, 'n/b')];
    await handle.cancel();
    expect(await causeOf(handle)).toBeInstanceOf(CancelledFailure);
    const jobs = (await lab.lab.sandbox.jobs()).filter(({ id }) => jobIds.includes(String(id)));
    expect(jobs.map(({ isFinished }) => isFinished)).toEqual([true, true]);
    const course = (await handle.describe()).memo?.[PIPELINE_MEMO] as PipelineResult;
    expect(course.status).toBe('cancelled');
    expect(statuses(course)).toEqual({ a: 'cancelled', n: 'cancelled', late: 'not-started', never: 'not-started' });
    // Whoever has stopped it wants to know which jobs those were.
    const [phase] = course.phases;
    expect(phase?.tasks[0]).toMatchObject({ job: { jobId: jobIds[0], status: 'terminated' } });
    expect(phase?.tasks[1]?.pipeline?.phases[0]?.tasks[0]).toMatchObject({ job: { jobId: jobIds[1] } });
    for (const id of ['a', 'n', 'n/b']) {
      const child = await lab.child(handle, id).describe();
      expect([id, child.status.name]).toEqual([id, 'CANCELLED']);
    }
    // What is stopped on purpose is not tried again, whatever its rule says.
    await expect(lab.child(handle, 'a;attempt=2').describe()).rejects.toThrow(WorkflowNotFoundError);
  });

  it('shows in what the pipeline says of itself while its jobs are being stopped', async () => {
    const handle = await lab.start(pipeline([task('a', LONG)]));
    await lab.jobOf(handle, 'a');
    await handle.cancel();
    await eventually(async () => {
      expect((await handle.query(pipelineQuery)).status).toBe('stopping');
    });
    await handle.result().catch(() => undefined);
    expect((await handle.query(pipelineQuery)).status).toBe('cancelled');
  });

  it('of a job in Keboola fails its task alone, naming the job; the pipeline is not canceled', async () => {
    const input = pipeline([task('a', LONG), task('b', LONG, { continueOnFailure: true })], [task('c')]);
    const handle = await lab.start(input);
    const jobIds = await Promise.all([lab.jobOf(handle, 'a'), lab.jobOf(handle, 'b')]);
    await Promise.all(jobIds.map((jobId) => lab.killInKeboola(jobId)));
    const cause = await causeOf(handle);
    expect(cause.type).toBe('PipelineFailed');
    const result = cause.details?.[0] as PipelineResult;
    expect(tasksOf(result)['a']).toMatchObject({
      error: { type: 'JobTerminated' },
      job: { jobId: jobIds[0], outcome: 'stopped-by-other' },
    });
    expect(tasksOf(result)['b']).toMatchObject({ job: { jobId: jobIds[1] } });
    expect(tasksOf(result)['c']?.status).toBe('not-started');
  });

  it('of one child in Temporal ends its branch alone: with continueOnFailure in a warning', async () => {
    const handle = await lab.start(pipeline([task('a', LONG, { continueOnFailure: true }), task('b')], [task('c')]));
    const jobId = await lab.jobOf(handle, 'a');
    await lab.child(handle, 'a').cancel();
    const result = (await handle.result()) as PipelineResult;
    expect(result.status).toBe('warning');
    expect(tasksOf(result)['a']).toMatchObject({
      status: 'cancelled',
      error: { type: 'Canceled' },
      job: { jobId, outcome: 'killed-by-us' },
    });
    expect(statuses(result)).toMatchObject({ b: 'success', c: 'success' });
  });

  it('of one child by terminating it says that its job may run on, and which one that is', async () => {
    const handle = await lab.start(pipeline([task('a', LONG)]));
    const jobId = await lab.jobOf(handle, 'a');
    await lab.child(handle, 'a').terminate();
    const result = (await causeOf(handle)).details?.[0] as PipelineResult;
    expect(tasksOf(result)['a']).toMatchObject({
      left: { jobId, outcome: 'left-alone', url: expect.stringContaining(jobId) as string },
      error: { type: 'Terminated', message: expect.stringContaining(`did not stop job ${jobId}`) as string },
    });
    expect((await handle.query(pipelineQuery)).phases[0]?.tasks).toMatchObject([{ jobId }]);
    await lab.killInKeboola(jobId);
  });
});

// Alone, since no list is answered meanwhile.
describe('terminating a task after its job had ended', () => {
  it('says how it had ended, and that nothing is left', async () => {
    const children = [{ component: 'keboola.ex-http', durationSeconds: 100 }];
    const handle = await lab.start(pipeline([task('a', { durationSeconds: 1, children })]));
    const jobId = await lab.jobOf(handle, 'a');
    const child = lab.child(handle, 'a');
    await eventually(async () => expect((await child.query(jobQuery)).children?.jobs).toBe(1));
    // The task waits for a list that shows how the child job has ended.
    const { id } = lab.lab.sandbox.faults.add({ route: 'list', status: 503, times: 'always' });
    onTestFinished(() => void lab.lab.sandbox.faults.remove(id));
    await eventually(async () => expect((await child.query(jobQuery)).job?.status).toBe('success'));
    await child.terminate();
    const { a } = tasksOf((await causeOf(handle)).details?.[0] as PipelineResult);
    expect(a?.error).toMatchObject({
      type: 'Terminated',
      message: expect.stringContaining(`job ${jobId} had already ended as success`) as string,
    });
    expect(a?.left).toBeUndefined();
  });
});
