import { describe, expect, it } from 'vitest';
import type { PipelinePlan, TaskPlan } from '../../../src/job/pipeline/plan.js';
import { takeCheck, taskEnds } from '../../../src/job/life/tasks.js';
import { newPipelineState, type PipelineState } from '../../../src/job/pipeline-state.js';
import { courseOf, statusOfPhase } from '../../../src/job/pipeline/course.js';
import { viewOf } from '../../../src/job/pipeline/view.js';

const startTime = '2026-01-01T00:00:00.000Z';
const endTime = '2026-01-01T00:01:00.000Z';
const task = (id: string, more: Partial<TaskPlan> = {}): TaskPlan => ({
  id,
  kind: 'job',
  title: id,
  continueOnFailure: false,
  ...more,
});
const plan: PipelinePlan = {
  name: 'nightly',
  maxParallel: 2,
  phases: [
    { name: 'one', tasks: [task('a'), task('off', { skipped: true }), task('b')] },
    { name: 'two', tasks: [task('c', { skipped: true })] },
    { name: 'empty', tasks: [] },
    { name: 'last', tasks: [task('d')] },
  ],
};
const error = { type: 'JobError' as const, message: 'why' };
const storage = { jobId: '5', status: 'success', operation: 'tableImport', url: 'http://x/5', adopted: false };

function begun(): PipelineState {
  const state = newPipelineState('seed');
  takeCheck(state, { maxParallel: 2 }, plan);
  return state;
}

describe('a pipeline at first', () => {
  it('has tasks that wait, and those that are switched off', () => {
    expect(begun()).toEqual({
      attemptsBefore: 0,
      fenceSeed: 'seed',
      check: { maxParallel: 2 },
      tasks: [
        [{ status: 'waiting' }, { status: 'skipped' }, { status: 'waiting' }],
        [{ status: 'skipped' }],
        [],
        [{ status: 'waiting' }],
      ],
      keptBytes: 0,
    });
  });

  it('has not started, but where all is switched off', () => {
    const state = begun();
    expect(plan.phases.map((_, at) => statusOfPhase(plan, state, at))).toEqual([
      'not-started',
      'skipped',
      'not-started',
      'not-started',
    ]);
    expect(statusOfPhase(plan, state, 9)).toBe('not-started');
    expect(statusOfPhase(plan, { ...state, tasks: [] }, 0)).toBe('not-started');
  });
});

describe('the course of a pipeline', () => {
  const state = begun();
  taskEnds(state, { phase: 0, index: 0 }, { attempt: 1, startTime, endTime, end: { status: 'success' } });
  taskEnds(state, { phase: 0, index: 2 }, { attempt: 3, startTime, endTime, end: { status: 'error', error } });

  it('tells each task as it ended, attempts where there were several, and what has not begun', () => {
    expect(courseOf(plan, state, '9')).toEqual({
      name: 'nightly',
      status: 'error',
      rootRunId: '9',
      phases: [
        {
          name: 'one',
          status: 'error',
          tasks: [
            { id: 'a', status: 'success' },
            { id: 'off', status: 'skipped' },
            { id: 'b', status: 'error', error, attempts: 3 },
          ],
        },
        { name: 'two', status: 'skipped', tasks: [{ id: 'c', status: 'skipped' }] },
        { name: 'empty', status: 'not-started', tasks: [] },
        { name: 'last', status: 'not-started', tasks: [{ id: 'd', status: 'not-started' }] },
      ],
    });
    expect(courseOf(plan, { ...state, tasks: [] }, '9').phases[3]?.tasks).toEqual([{ id: 'd', status: 'not-started' }]);
  });

  it('is seen in full', () => {
    const place = { stage: 'running' as const, rootRunId: '9', workflowId: 'w' };
    const known = { kind: 'job', startTime, endTime };
    expect(viewOf('nightly', plan, state, place)).toEqual({
      name: 'nightly',
      status: 'running',
      rootRunId: '9',
      phases: [
        {
          name: 'one',
          status: 'error',
          counts: { success: 1, skipped: 1, error: 1 },
          tasks: [
            { ...known, id: 'a', title: 'a', status: 'success', attempt: 1, workflowId: 'w/a' },
            { id: 'off', kind: 'job', title: 'off', status: 'skipped' },
            { ...known, id: 'b', title: 'b', status: 'error', attempt: 3, workflowId: 'w/b;attempt=3', message: 'why' },
          ],
        },
        {
          name: 'two',
          status: 'skipped',
          counts: { skipped: 1 },
          tasks: [{ id: 'c', kind: 'job', title: 'c', status: 'skipped' }],
        },
        { name: 'empty', status: 'not-started', counts: {}, tasks: [] },
        {
          name: 'last',
          status: 'not-started',
          counts: { waiting: 1 },
          tasks: [{ id: 'd', kind: 'job', title: 'd', status: 'waiting' }],
        },
      ],
    });
    const stored = {
      ...state,
      tasks: [[{ status: 'ended' as const, attempt: 1, end: { status: 'success' as const, storage } }]],
    };
    expect(viewOf('nightly', plan, stored as never, place).phases[0]?.tasks[0]).toEqual({
      id: 'a',
      kind: 'job',
      title: 'a',
      status: 'success',
      attempt: 1,
      workflowId: 'w/a',
      jobId: '5',
    });
  });

  it('is not planned yet, and tells what it waits for', () => {
    const place = { stage: 'preparing' as const, rootRunId: '9', workflowId: 'w' };
    const seen = { name: 'nightly', status: 'preparing', rootRunId: '9', phases: [] };
    expect(viewOf('nightly', undefined, state, place)).toEqual(seen);
    expect(viewOf('nightly', undefined, state, { ...place, note: 'No answer' })).toEqual({
      ...seen,
      note: 'No answer',
    });
  });
});
