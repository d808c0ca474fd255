import { expect, it } from 'vitest';
import type { PipelineInput } from '../../../src/job/pipeline/input.js';
import { childWorkflowId, longestChildId, taskOfChild } from '../../../src/job/pipeline/workflow-ids.js';

const job = { component: 'keboola.ex-http', config: 'daily' };

it.each([
  ['load', 1, 'w/load'],
  ['load', 2, 'w/load;attempt=2'],
])('the workflow of task %s in attempt %i is %s, and the way back leads there', (taskId, attempt, id) => {
  expect(childWorkflowId('w', taskId, attempt)).toBe(id);
  expect(taskOfChild('w', id)).toEqual({ taskId, attempt });
});

it('a workflow of somebody else is no task', () => {
  expect(taskOfChild('w', 'v/load')).toBeUndefined();
  expect(taskOfChild('w', 'wx/load')).toBeUndefined();
});

it('the longest id is that of the last attempt, in whatever depth, of what is not switched off', () => {
  const retry = { attempts: 10, on: ['timeout' as const] };
  const nested: PipelineInput = { name: 'n', phases: [{ name: 'x', tasks: [{ id: 'deepest', job }] }] };
  const phases: PipelineInput['phases'] = [
    {
      name: 'one',
      tasks: [
        { id: 'a', job },
        { id: 'b', job, retry },
      ],
    },
    {
      name: 'two',
      tasks: [
        { id: 'pipeline', pipeline: nested },
        { id: 'c'.repeat(60), job, enabled: false },
      ],
    },
    { name: 'off', enabled: false, tasks: [{ id: 'd'.repeat(60), job }] },
  ];
  expect(longestChildId('w', { name: 'p', phases })).toEqual({
    id: 'w/pipeline/deepest',
    path: 'phases.1.tasks.0.pipeline.phases.0.tasks.0',
  });
  expect(longestChildId('w', { name: 'p', phases: phases.slice(0, 1) }, 'x.')).toEqual({
    id: 'w/b;attempt=10',
    path: 'x.phases.0.tasks.1',
  });
  // Bytes, and not letters, are what Temporal counts.
  const tasks = [
    { id: 'aaa', job },
    { id: 'éé', job },
  ];
  expect(longestChildId('w', { name: 'p', phases: [{ name: 'x', tasks }] }).id).toBe('w/éé');
});
