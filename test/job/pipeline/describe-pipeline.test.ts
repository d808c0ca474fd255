import { expect, test } from 'vitest';
import { pipelineMarkdown } from '../../../src/job/pipeline/describe-pipeline.js';
import type { PipelineView, TaskView } from '../../../src/job/pipeline/view.js';

function task(id: string, more: Partial<TaskView> = {}): TaskView {
  return { id, kind: 'job', title: `c / ${id}`, status: 'success', ...more };
}

function markdown(tasks: TaskView[], more: Partial<PipelineView> = {}): string {
  const phases = [{ name: 'extract', status: 'running' as const, counts: { success: tasks.length }, tasks }];
  return pipelineMarkdown({ name: 'nightly', status: 'running', rootRunId: '9', phases, ...more });
}

const rows = (text: string): string[] => text.split('\n').filter((line) => line.includes('c / '));

test('before its plan is known, a pipeline says what it waits for', () => {
  expect(markdown([], { phases: [], note: 'Keboola does not answer' })).toBe(
    '**running** · pipeline nightly · run id 9\n\nKeboola does not answer',
  );
  expect(markdown([], { phases: [] })).toBe('**running** · pipeline nightly · run id 9');
});

test('a task is a row with its job, its attempt where it is not the first, and why it failed', () => {
  expect(rows(markdown([task('a', { attempt: 1, jobId: '5' }), task('b', { attempt: 2, message: 'a|b\nc' })]))).toEqual(
    ['| a | c / a | success | 5 |  |', '| b | c / b | success, attempt 2 |  | a\\|b c |'],
  );
});

test('no text of somebody else ends its cell, or is obeyed as Markdown', () => {
  const link = '[open](https://evil.example)';
  const told = markdown([task('a', { message: String.raw`x\|y` }), task('b', { message: link })], { name: link });
  expect(rows(told)).toEqual([
    String.raw`| a | c / a | success |  | x\\\|y |`,
    String.raw`| b | c / b | success |  | [open\](https://evil.example) |`,
  ]);
  expect(told).toContain(String.raw`pipeline [open\](https://evil.example) ·`);
  expect(markdown([], { phases: [], note: `# ${link}` })).toContain(String.raw`\# [open\](https://evil.example)`);
});

test('a phase without tasks has no table of them', () => {
  expect(markdown([])).not.toContain('| task |');
});

test('fifty tasks are all told; of more only those that run or have a word to say, fifty at most', () => {
  const many = Array.from({ length: 50 }, (_, at) => task(`${at}`));
  expect(rows(markdown(many))).toHaveLength(50);
  const running = task('runs', { status: 'running' });
  const failed = task('failed', { status: 'error', message: 'why' });
  expect(rows(markdown([...many, running, failed])).map((row) => row.split(' ')[1])).toEqual(['runs', 'failed']);
  const all = Array.from({ length: 60 }, (_, at) => task(`${at}`, { status: 'running' }));
  expect(rows(markdown(all))).toHaveLength(50);
});
