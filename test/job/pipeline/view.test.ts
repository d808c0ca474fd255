import { describe, expect, it } from 'vitest';
import { pipelineMarkdown } from '../../../src/job/pipeline/describe-pipeline.js';
import type { PipelinePlan, TaskPlan } from '../../../src/job/pipeline/plan.js';
import { stoppedCourseOf } from '../../../src/job/pipeline/course.js';
import { newPipelineState, type PipelineState } from '../../../src/job/pipeline-state.js';
import { viewOf } from '../../../src/job/pipeline/view.js';
import { childWorkflowId } from '../../../src/job/pipeline/workflow-ids.js';

const task = (id: string): TaskPlan => ({ id, kind: 'job', title: `c | ${id}`, continueOnFailure: false });
const plan: PipelinePlan = {
  name: 'nightly',
  maxParallel: 2,
  phases: [
    { name: 'extract', tasks: [task('a'), task('b')] },
    { name: 'load', tasks: [task('c')] },
  ],
};
const startTime = '2026-01-01T00:00:00.000Z';
const state: PipelineState = {
  ...newPipelineState('seed'),
  tasks: [
    [
      {
        status: 'ended',
        attempt: 2,
        startTime,
        endTime: startTime,
        end: { status: 'error', error: { type: 'JobError', message: 'no\nluck' } },
      },
      { status: 'running', attempt: 1, startTime },
    ],
  ],
};
const place = { rootRunId: '9', workflowId: 'w' };

describe('the view of a pipeline', () => {
  it('shows phases and tasks, with the workflow of the present attempt', () => {
    expect(viewOf('nightly', plan, state, { ...place, stage: 'running' })).toMatchObject({
      status: 'running',
      phases: [
        {
          status: 'running',
          counts: { error: 1, running: 1 },
          tasks: [
            { id: 'a', status: 'error', attempt: 2, workflowId: 'w/a;attempt=2', message: 'no\nluck' },
            { id: 'b', status: 'running', workflowId: 'w/b' },
          ],
        },
        { status: 'not-started', tasks: [{ id: 'c', status: 'waiting' }] },
      ],
    });
  });

  it('says of tasks that will never start that they have not', () => {
    const { status, phases } = viewOf('nightly', plan, state, { ...place, stage: 'closed' });
    expect([status, phases[0]?.status, phases[1]?.tasks[0]?.status]).toEqual(['error', 'error', 'not-started']);
    expect(viewOf('nightly', plan, state, { ...place, stage: 'canceled' }).status).toBe('cancelled');
  });

  it('says of a phase that was only stopped that it is cancelled, as its task and the pipeline are', () => {
    const end = { status: 'cancelled' as const, error: { type: 'Canceled' as const, message: 'Canceled.' } };
    const stopped: PipelineState = { ...state, tasks: [[{ status: 'ended', attempt: 1, end }]] };
    const { phases } = viewOf('nightly', plan, stopped, { ...place, stage: 'canceled' });
    expect(phases.map(({ status }) => status)).toEqual(['cancelled', 'not-started']);
    expect(stoppedCourseOf(plan, stopped, '9').phases.map(({ status }) => status)).toEqual([
      'cancelled',
      'not-started',
    ]);
    expect(stoppedCourseOf(plan, state, '9')).toMatchObject({ status: 'cancelled', phases: [{ status: 'error' }, {}] });
  });

  it('lists only what runs or has failed of thousands of tasks', () => {
    const tasks = Array.from({ length: 5_000 }, (_, at) => task(`t${at}`));
    const large = { ...plan, phases: [...plan.phases, { name: 'all', tasks }] };
    const { phases } = viewOf('nightly', large, state, { ...place, stage: 'running' });
    expect(phases.flatMap((phase) => phase.tasks)).toHaveLength(2);
    expect(phases[2]?.counts).toEqual({ waiting: 5_000 });
  });

  it('is there before the pipeline was checked', () => {
    expect(viewOf('x', undefined, newPipelineState('seed'), { ...place, stage: 'preparing' })).toMatchObject({
      status: 'preparing',
      phases: [],
    });
  });
});

it('shows in the Web UI as tables that no name can break', () => {
  const markdown = pipelineMarkdown(viewOf('nightly', plan, state, { ...place, stage: 'running' }));
  expect(markdown).toContain('| extract | running | 1 error, 1 running |');
  expect(markdown).toContain('| a | c \\| a | error, attempt 2 |  | no luck |');
  expect(markdown).toContain('| c | c \\| c | waiting |  |  |');
});

it('names each attempt of a task by a workflow id of its own', () => {
  expect([1, 2].map((attempt) => childWorkflowId('w', 'a', attempt))).toEqual(['w/a', 'w/a;attempt=2']);
});
