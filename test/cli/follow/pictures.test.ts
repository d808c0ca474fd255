import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { PIPELINE_PICTURE } from '../../../src/cli/follow/pictures.js';
import type { TaskView } from '../../../src/job/pipeline/view.js';

function task(id: string): TaskView {
  return { id, kind: 'job', title: 'c / 1', status: 'success', attempt: 1 };
}

it('a pipeline in a log names a task with its phase, and once where both have one name', () => {
  const phases = [
    { name: 'load', status: 'success' as const, tasks: [task('load'), task('more')], counts: { success: 2 } },
  ];
  const lines = PIPELINE_PICTURE.lines({ name: 'nightly', status: 'success', rootRunId: '9', phases });
  expect(lines.map(({ about }) => about)).toEqual(['', 'load', 'load / more']);
  expect(lines.slice(1).map(({ text }) => stripVTControlCharacters(text))).toEqual([
    'load c / 1 · success',
    'load / more c / 1 · success',
  ]);
});
