import { describe, expect, it, test } from 'vitest';
import { KINDS, kindOf, TASK_KINDS } from '../../../src/job/pipeline/kinds.js';
import { endedJob } from '../../support/ended-job.js';

const jobResult = endedJob('5', { status: 'error' });
const pipelineResult = { name: 'nightly', rootRunId: '9', phases: [], status: 'error' } as const;
const storageResult = {
  jobId: '7',
  runId: '9',
  operation: 'tableImport',
  status: 'error',
  url: 'http://k/7',
  polls: 1,
  adopted: false,
} as const;
const oddities = [
  undefined,
  null,
  'x',
  5,
  {},
  { jobId: '5' },
  { jobId: '5', outcome: 'finished', status: 'error' },
  { jobId: '7', operation: 'tableImport', status: 'error' },
  { rootRunId: '9', phases: [], status: 'error' },
  { operation: 'tableImport' },
  { outcome: 'x' },
  { rootRunId: '9' },
  { phases: [] },
  [],
];

describe('what a failed workflow tells of a task', () => {
  it.each([
    ['job', jobResult, { status: 'error', job: jobResult }],
    ['asyncAction', jobResult, { status: 'error', job: jobResult }],
    ['pipeline', pipelineResult, { pipeline: pipelineResult }],
    ['storage', storageResult, { status: 'error', storage: storageResult }],
    ['import', storageResult, { status: 'error', storage: storageResult }],
    ['export', storageResult, { status: 'error', storage: storageResult }],
  ] as const)('is the result that its details hold: %s', (kind, detail, told) => {
    expect(KINDS[kind].failed(detail)).toEqual(told);
  });

  it.each(TASK_KINDS)('is nothing where they hold anything else: %s', (kind) => {
    for (const detail of oddities) expect(KINDS[kind].failed(detail)).toEqual({});
  });
});

describe('how a task has ended by the result of its workflow', () => {
  it.each([
    ['job', { ...jobResult, status: 'warning' }, { status: 'warning', job: { status: 'warning' } }],
    ['storage', storageResult, { status: 'success', storage: storageResult }],
    ['action', { answer: 1 }, { status: 'success', action: { answer: 1 } }],
    ['pipeline', { ...pipelineResult, status: 'success' }, { status: 'success', pipeline: { status: 'success' } }],
  ] as const)('%s', (kind, result, end) => {
    expect(KINDS[kind].completed(result)).toMatchObject(end);
  });

  it.each(TASK_KINDS.filter((kind) => kind !== 'action'))('as a failure where that is no such result: %s', (kind) => {
    for (const odd of oddities) {
      expect(KINDS[kind].completed(odd)).toMatchObject({ status: 'error', error: { type: 'Failed' } });
    }
  });

  it('a nested pipeline that went on past failures has failed', () => {
    const end = KINDS.pipeline.completed({ ...pipelineResult, status: 'warning' });
    expect(end).toMatchObject({ status: 'warning', error: { type: 'PipelineWarning' } });
    expect(KINDS.pipeline.completed({ ...pipelineResult, status: 'success' })).not.toHaveProperty('error');
  });
});

describe('how a task is called where its author gives no name', () => {
  it.each([
    [{ job: { component: 'c', config: 'x' } }, 'job', 'c-x', 'c / x'],
    [{ job: { component: 'c', configData: {} } }, 'job', 'c', 'c / inline configuration'],
    [{ pipeline: { name: 'nightly', phases: [] } }, 'pipeline', 'nightly', 'pipeline nightly'],
    [{ storage: { method: 'POST', path: 'a/b?c=d' } }, 'storage', 'a/b', 'POST a/b?c=d'],
    [{ import: { table: 't' } }, 'import', 'import-t', 'import into t'],
    [{ export: { table: 't' } }, 'export', 'export-t', 'export of t'],
    [{ asyncAction: { method: 'POST', path: '/a?b' } }, 'asyncAction', '/a', 'POST /a?b'],
    [{ action: { component: 'c', action: 'run' } }, 'action', 'c-run', 'action run of c'],
  ] as const)('%j', (task, kind, name, title) => {
    const found = kindOf(task as never);
    expect(found.kind).toBe(kind);
    expect(found.spec.name(found.input as never)).toBe(name);
    expect(found.spec.title(found.input as never)).toBe(title);
  });
});

test('what goes on although its workflow is cancelled is told, and nothing of what was stopped', () => {
  expect(KINDS.storage.goesOn?.('7')).toBe('Storage job 7 was left running');
  expect(KINDS.storage.goesOn?.(undefined)).toBe('the Storage job that it requested may still run');
  expect(KINDS.action.goesOn?.(undefined)).toContain('45 s');
  for (const kind of ['job', 'pipeline', 'asyncAction'] as const) expect(KINDS[kind].goesOn).toBeUndefined();
});

test('all but an action have a run id below that of the pipeline, and only jobs fail on a warning', () => {
  expect(TASK_KINDS.filter((kind) => !KINDS[kind].takesRunId)).toEqual(['action']);
  expect(TASK_KINDS.filter((kind) => KINDS[kind].defaults !== undefined)).toEqual(['job', 'asyncAction']);
  expect(KINDS.job.defaults).toEqual({ onWarning: 'fail' });
});
