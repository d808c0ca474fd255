import { expect, it } from 'vitest';
import { createProgram } from '../../../src/cli/program.js';
import { MORE_JOBS } from '../../../src/cli/text/job-table.js';

it('names options behind a list that work as they are typed', async () => {
  const [list] = (await createProgram(true, 'list')).commands;
  const typed = [...MORE_JOBS.matchAll(/`(.+?)`/g)].map(([, words = '']) => words.split(' '));
  expect(typed).toHaveLength(2);
  for (const words of typed) expect(list?.parseOptions(words)).toEqual({ operands: [], unknown: [] });
  expect(list?.opts()).toMatchObject({ limit: 100, page: true });
});
