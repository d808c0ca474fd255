import { describe, expect, it } from 'vitest';
import { pipelineGuard } from '../../../src/job/carried/pipeline-guard.js';
import type { PipelineInput } from '../../../src/job/pipeline/input.js';
import type { PipelineState } from '../../../src/job/pipeline-state.js';

const job = { component: 'keboola.ex-http', config: 'daily' };
const input: PipelineInput = {
  name: 'nightly',
  phases: [
    { name: 'all', tasks: [{ job }, { job }] },
    { name: 'none', tasks: [] },
  ],
};
const end = { status: 'error' as const, error: { type: 'JobError' as const, message: 'why' } };
const FULL: PipelineState = {
  attemptsBefore: 1,
  fenceSeed: 'a-run',
  check: { maxParallel: 10 },
  outage: { sinceMs: 1, failures: 2, message: 'silence' },
  leftAtMs: 5,
  tasks: [[{ status: 'waiting' }, { status: 'ended', attempt: 10, startTime: 'x', endTime: 'y', end }], []],
  keptBytes: -1,
  truncated: true,
  wasReset: true,
};

const problemOf = (state: unknown, given: unknown = input): string | undefined => pipelineGuard(given)(state, '');

describe('the state of a pipeline that is handed on', () => {
  it('passes as it is written', () => {
    expect(problemOf(FULL)).toBeUndefined();
    expect(problemOf({ attemptsBefore: 0, fenceSeed: '', tasks: [], keptBytes: 0 })).toBeUndefined();
    expect(
      problemOf({
        ...FULL,
        tasks: [[{ status: 'skipped' }, { status: 'ended', attempt: 1, end: { status: 'skipped' } }], []],
      }),
    ).toBeUndefined();
  });

  it('needs no input as long as nothing is checked', () => {
    const { check: _check, ...unchecked } = FULL;
    expect(problemOf(unchecked, 'anything')).toBeUndefined();
  });

  it.each([
    ['no object', 'text', 'expected a JSON object'],
    ['a count below zero', { ...FULL, attemptsBefore: -1 }, 'attemptsBefore: expected a count'],
    ['no seed', { ...FULL, fenceSeed: 1 }, 'fenceSeed: expected text of at most 100000 characters'],
    [
      'more at a time than may be',
      { ...FULL, check: { maxParallel: 501 } },
      'check.maxParallel: expected a number from 1 to 500',
    ],
    ['none at a time', { ...FULL, check: { maxParallel: 0 } }, 'check.maxParallel: expected a number from 1 to 500'],
    [
      'a moment that no clock shows',
      { ...FULL, leftAtMs: 9e15 },
      'leftAtMs: expected a number from -8000000000000000 to 8000000000000000',
    ],
    [
      'a task that runs',
      { ...FULL, tasks: [[{ status: 'running', attempt: 1, startTime: 'x' }], []] },
      'tasks.0.0.status: expected one of ended',
    ],
    [
      'an attempt too many',
      { ...FULL, tasks: [[{ status: 'ended', attempt: 11, end }], []] },
      'tasks.0.0.attempt: expected',
    ],
    [
      'an end that is none',
      { ...FULL, tasks: [[{ status: 'ended', attempt: 1, end: { status: 'processing' } }], []] },
      'tasks.0.0.end.status: expected one of',
    ],
    [
      'a job without an id',
      { ...FULL, tasks: [[{ status: 'ended', attempt: 1, end: { ...end, job: {} } }], []] },
      'tasks.0.0.end.job.jobId: expected text',
    ],
    [
      'an error without words',
      {
        ...FULL,
        tasks: [[{ status: 'ended', attempt: 1, end: { status: 'error', error: { type: 'JobError' } } }], []],
      },
      'error.message: expected text',
    ],
    [
      'an error that there is not',
      { ...FULL, tasks: [[{ status: 'ended', attempt: 1, end: { ...end, error: { ...end.error, type: 'x' } } }], []] },
      'error.type: expected a type of failure',
    ],
    ['bytes that are no number', { ...FULL, keptBytes: '1' }, 'keptBytes: expected a finite number'],
    ['a flag that is not true', { ...FULL, truncated: false }, 'truncated: expected true'],
    ['a reset that is not true', { ...FULL, wasReset: 1 }, 'wasReset: expected true'],
    ['a field that nobody knows', { ...FULL, more: 1 }, 'more: unknown field'],
    ['another number of phases', { ...FULL, tasks: FULL.tasks.slice(0, 1) }, 'tasks: expected those of the input'],
    [
      'another number of tasks',
      { ...FULL, tasks: [[{ status: 'waiting' }], []] },
      'tasks: expected those of the input',
    ],
  ])('is refused with %s', (_, state, problem) => {
    expect(problemOf(state)).toContain(problem);
  });

  it.each([
    ['no object', 'text', 'the input: expected a JSON object'],
    ['without a name', { ...input, name: 1 }, 'the input: name: expected text'],
    ['without phases', { ...input, phases: {} }, 'the input: phases: expected a list'],
    ['with a phase without a name', { ...input, phases: [{ tasks: [] }] }, 'the input: phases.0.name: expected text'],
    [
      'with tasks that are none',
      { ...input, phases: [{ name: 'x', tasks: ['job'] }] },
      'the input: phases.0.tasks.0: expected a JSON object',
    ],
    ['with a run id that is none', { ...input, parentRunId: 9 }, 'the input: parentRunId: expected a run id'],
    ['with an operator as a run id', { ...input, parentRunId: '1.OR' }, 'the input: parentRunId: expected a run id'],
  ])('is refused with an input %s', (_, given, problem) => {
    expect(problemOf(FULL, given)).toContain(problem);
  });
});
