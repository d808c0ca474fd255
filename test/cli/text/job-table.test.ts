import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { createProgram } from '../../../src/cli/program.js';
import { MORE_JOBS, statusText } from '../../../src/cli/text/job-table.js';

const ROW = { workflowId: 'w', runId: 'r', startTime: '2026-01-31T08:00:00.000Z' };

it.each([
  ['runJob', 'RUNNING', 'processing', 'processing'],
  ['runJob', 'RUNNING', undefined, 'running'],
  ['runJob', 'TIMED_OUT', undefined, 'timed out'],
  ['runJob', 'COMPLETED', 'success', 'success'],
  ['runJob', 'FAILED', 'error', 'error'],
  ['runJob', 'FAILED', 'warning', 'warning'],
  ['runJob', 'FAILED', 'processing', 'failed'],
  ['runJob', 'TERMINATED', 'processing', 'terminated'],
  ['runJob', 'CANCELLED', 'terminated', 'terminated'],
  // The job came to its end before it could be stopped.
  ['runJob', 'CANCELLED', 'success', 'success'],
  ['waitForJob', 'CANCELLED', 'waiting', 'cancelled'],
  ['runStorageJob', 'CANCELLED', 'waiting', 'cancelled'],
  ['exportTable', 'FAILED', 'success', 'failed'],
  ['exportTable', 'CANCELLED', 'success', 'cancelled'],
  ['exportTable', 'COMPLETED', 'success', 'success'],
  ['importTable', 'FAILED', 'error', 'error'],
])(
  '%s, a workflow that is %s and whose job was seen last as %s, is listed as %s',
  (workflowType, workflowStatus, job, text) => {
    const row = { ...ROW, workflowType, workflowStatus, ...(job !== undefined && { jobStatus: job }) };
    expect(stripVTControlCharacters(statusText(row))).toBe(text);
  },
);

it('names options behind a list that work as they are typed', async () => {
  const [list] = (await createProgram(true, 'list')).commands;
  const typed = [...MORE_JOBS.matchAll(/`(.+?)`/g)].map(([, words = '']) => words.split(' '));
  expect(typed).toHaveLength(2);
  for (const words of typed) expect(list?.parseOptions(words)).toEqual({ operands: [], unknown: [] });
  expect(list?.opts()).toMatchObject({ limit: 100, page: true });
});
