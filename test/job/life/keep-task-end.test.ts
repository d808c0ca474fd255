import { describe, expect, it } from 'vitest';
import { boundPipeline } from '../../../src/job/pipeline/bound-pipeline.js';
import type { PipelinePlan } from '../../../src/job/pipeline/plan.js';
import type { TaskEnd } from '../../../src/job/pipeline/result.js';
import { courseOf } from '../../../src/job/pipeline/course.js';
import { takeCheck, taskEnds } from '../../../src/job/life/tasks.js';
import { newPipelineState, type PipelineState } from '../../../src/job/pipeline-state.js';
import { endedJob } from '../../support/ended-job.js';

const job = endedJob('1', { message: 'm'.repeat(1_000) });
const good: TaskEnd = { status: 'success', job };
const failed: TaskEnd = { status: 'error', job, error: { type: 'JobError', message: 'why' } };

const startTime = '2026-01-01T00:00:00.000Z';

/** A pipeline of one phase whose tasks have ended in this way, one after another. */
function ended(ends: readonly TaskEnd[]): { plan: PipelinePlan; state: PipelineState } {
  const tasks = ends.map((_, at) => {
    return { id: `t${at}`, kind: 'job' as const, title: '', continueOnFailure: true };
  });
  const plan: PipelinePlan = { name: 'p', maxParallel: 1, phases: [{ name: 'all', tasks }] };
  const state = newPipelineState('seed');
  takeCheck(state, { maxParallel: 1 }, plan);
  for (const [index, end] of ends.entries()) {
    taskEnds(state, { phase: 0, index }, { attempt: 1, startTime, endTime: startTime, end });
  }
  return { state, plan };
}

describe('what a pipeline keeps of its tasks', () => {
  it('is all that they have answered, while it fits', () => {
    const { plan, state } = ended([good, failed]);
    expect(courseOf(plan, state, '9').phases[0]?.tasks.map((task) => task.job?.jobId)).toEqual(['1', '1']);
    expect(state.truncated).toBeUndefined();
  });

  it('is of thousands of tasks only what the failed ones have answered, early or late', () => {
    const many = Array.from({ length: 3_000 }, (_, at) => (at % 1_000 === 999 ? failed : good));
    const { plan, state } = ended([failed, ...many]);
    expect(state.truncated).toBe(true);
    const { phases } = boundPipeline(courseOf(plan, state, '9'), undefined, state.truncated);
    expect(phases[0]).toMatchObject({ status: 'warning', counts: { success: 2_997, error: 4 } });
    expect(phases[0]?.tasks.map((task) => task.job?.jobId)).toEqual(['1', '1', '1', '1']);
  });

  it('goes on in a new run, however many have failed, and whatever they have answered: 2 MiB is what Temporal takes', () => {
    const large = { ...job, result: { rows: ['x'.repeat(60_000)] }, message: 'x'.repeat(60_000) };
    const end: TaskEnd = { ...failed, job: large, error: { type: 'JobError', message: 'x'.repeat(60_000) } };
    const { state } = ended(Array.from({ length: 10_000 }, () => end));
    const answers = state.tasks.flat().map((task) => (task.status === 'ended' ? task.end.job : undefined));
    expect(JSON.stringify(answers).length).toBeLessThan(300_000);
    expect(JSON.stringify(state).length).toBeLessThan(2 * 1024 * 1024);
  });

  it('is a message of a thousand characters, and results of 2 KiB', () => {
    const error = { type: 'JobError' as const, message: 'x'.repeat(2_000) };
    const large = { ...job, result: { rows: 3, warnings: ['x'.repeat(3_000)] } };
    expect(endOf({ status: 'error', error })).toEqual({
      status: 'error',
      error: { type: 'JobError', message: 'x'.repeat(1_000) },
    });
    expect(endOf({ status: 'success', job: large })).toEqual({
      status: 'success',
      job: { ...job, result: { rows: 3 }, truncated: true },
    });
  });

  it('is counted in bytes', () => {
    expect(ended([{ status: 'success' }]).state.keptBytes).toBe('{"status":"success"}'.length);
  });
});

/** What is kept of this end. */
function endOf(end: TaskEnd): TaskEnd | undefined {
  const [[task] = []] = ended([end]).state.tasks;
  return task?.status === 'ended' ? task.end : undefined;
}
