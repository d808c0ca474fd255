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
