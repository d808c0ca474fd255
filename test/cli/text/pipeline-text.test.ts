import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { pipelineText } from '../../../src/cli/text/pipeline-text.js';

it('says once that a task was canceled', () => {
  const error = { type: 'Canceled', message: 'Canceled; its job ended terminated.' } as const;
  const phases = [
    { name: 'all', status: 'cancelled' as const, tasks: [{ id: 'a', status: 'cancelled' as const, error }] },
  ];
  const text = pipelineText({ name: 'nightly', status: 'cancelled', rootRunId: '9', phases });
  expect(stripVTControlCharacters(text)).toContain('a · cancelled · Canceled; its job ended terminated.');
});

it('names the job that a task has left behind', () => {
  const error = { type: 'Terminated', message: 'Its workflow was terminated.' } as const;
  const left = { jobId: '7', outcome: 'left-alone' } as const;
  const phases = [
    { name: 'all', status: 'error' as const, tasks: [{ id: 'a', status: 'error' as const, left, error }] },
  ];
  const text = pipelineText({ name: 'nightly', status: 'error', rootRunId: '9', phases });
  expect(stripVTControlCharacters(text)).toContain('a · error · job 7 · Terminated: Its workflow was terminated.');
});
