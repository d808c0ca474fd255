import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { exitCodeOf } from '../src/cli/exit/exit-codes.js';
import { JobFailedError } from '../src/client/errors.js';
import { FAILURE_TYPES, type FailureType } from '../src/job/failure/failure-types.js';
import { codeSpans, tableRows } from './support/document-tables.js';

const page = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8');
const types = Object.keys(FAILURE_TYPES) as FailureType[];

/** The first table of the page, by type. */
const rows = tableRows(page)
  .filter(({ heading }) => heading === 'Failures')
  .map(({ cells: [name = '', retryable = '', exit = '', job = ''] }) => {
    return { type: codeSpans(name)[0] ?? name, link: name, retryable, exit, job };
  });

it('lists every type of failure, and no other', () => {
  expect(rows.map(({ type }) => type)).toEqual(types);
});

it('says of each whether a retry policy may try again', () => {
  const expected = types.map((type) => [type, FAILURE_TYPES[type].retryable ? 'yes' : 'no']);
  expect(rows.map(({ type, retryable }) => [type, retryable])).toEqual(expected);
});

it('says of each with which code the command line leaves', () => {
  const expected = types.map((type) => [type, String(exitCodeOf(new JobFailedError('w', type, 'why')))]);
  expect(rows.map(({ type, exit }) => [type, exit])).toEqual(expected);
});

it('says of no retryable failure that its job may still run', () => {
  const running = rows.filter(
    ({ retryable, job }) => retryable === 'yes' && !['has ended', 'none was made'].includes(job),
  );
  expect(running).toEqual([]);
});

it('has a section for each, with when it comes and what to do next', () => {
  for (const { type, link } of rows) {
    const [, section = ''] = page.split(`\n### \`${type}\`\n`);
    const text = section.split(/\n##+ /)[0] ?? '';
    expect(text, type).toContain('**When:**');
    expect(text, type).toContain('**Next:**');
    expect(link).toBe(`[\`${type}\`](#${type.toLowerCase()})`);
  }
});
