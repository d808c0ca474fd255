import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { fittedTree, treeLines } from '../../../src/cli/text/pipeline-tree.js';
import type { PhaseView, PipelineView, TaskView } from '../../../src/job/pipeline/view.js';

const startTime = '2026-01-01T00:00:00.000Z';
const nowMs = Date.parse(startTime) + 90_000;

function task(id: string, more: Partial<TaskView>): TaskView {
  return { id, kind: 'job', title: 'c / 1', status: 'waiting', ...more };
}

function phase(name: string, status: PhaseView['status'], tasks: TaskView[]): PhaseView {
  return { name, status, tasks, counts: { [tasks[0]?.status ?? 'waiting']: tasks.length } };
}

const inner: PipelineView = {
  name: 'inner',
  status: 'running',
  rootRunId: '9',
  phases: [phase('all', 'running', [task('deep', { status: 'running', startTime, jobId: '7' })])],
};
const view: PipelineView = {
  name: 'nightly',
  status: 'running',
  rootRunId: '9',
  phases: [
    phase('extract', 'warning', [
      task('a', { status: 'success', attempt: 2, jobId: '5', startTime, endTime: '2026-01-01T00:00:03.000Z' }),
      task('b', { status: 'error', attempt: 1, message: 'no luck' }),
    ]),
    phase('load', 'running', [task('n', { kind: 'pipeline', status: 'running', startTime, pipeline: inner })]),
    phase('last', 'not-started', [task('z', {})]),
  ],
};

function plain(lines: readonly string[]): string[] {
  return lines.map(stripVTControlCharacters);
}

describe('the tree of a pipeline', () => {
  it('marks an unknown status as running, even one that is called like a property of every object', () => {
    const [line] = plain(treeLines({ ...view, status: 'constructor' as 'running' }, '*', nowMs));
    expect(line).toBe('* nightly · constructor');
  });

  it('shows phases, tasks, jobs, how long they took, and the pipelines within', () => {
    expect(plain(treeLines(view, '*', nowMs))).toEqual([
      '* nightly · running',
      '  extract · warning · 2 success',
      '    ✓ a c / 1 · success · attempt 2 · job 5 · 3 s',
      '    ✗ b c / 1 · error · no luck',
      '  load · running · 1 running',
      '    * n c / 1 · running · 1 min',
      '      all · running · 1 running',
      '        * deep c / 1 · running · job 7 · 1 min',
      '  last · not started · 1 waiting',
      '    · z c / 1 · waiting',
    ]);
  });

  it('says once what a task is called after', () => {
    const tasks = [task('export', { kind: 'export', title: 'export of in.c-shop.orders' })];
    const [, , line] = plain(treeLines({ ...view, phases: [phase('out', 'not-started', tasks)] }, '*', nowMs));
    expect(line).toBe('    · export of in.c-shop.orders · waiting');
  });

  it('leaves out the tasks of phases that do not run where the terminal is too low, then the end', () => {
    expect(plain(fittedTree(view, '*', nowMs, 8))).toEqual([
      '* nightly · running',
      '  extract · warning · 2 success',
      '  load · running · 1 running',
      '    * n c / 1 · running · 1 min',
      '      all · running · 1 running',
      '        * deep c / 1 · running · job 7 · 1 min',
      '  last · not started · 1 waiting',
    ]);
    expect(plain(fittedTree(view, '*', nowMs, 3))).toEqual([
      '* nightly · running',
      '  extract · warning · 2 success',
      '… and 5 more lines',
    ]);
  });
});
