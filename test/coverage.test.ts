import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codeSpans, tableRows, type TableRow } from './support/document-tables.js';
import { SEED_SENTENCES } from './support/seed-sentences.js';
import { titleMatches, writtenTests } from './support/test-titles.js';

const ROOT = new URL('../', import.meta.url);
const SEPARATOR = ' > ';
const OPEN = /\bopen: \S/;

/** The documents that name tests; the last column of each of their tables is the one that names them. */
const DOCUMENTS = ['docs/coverage.md', 'docs/guarantees.md'];

describe.each(DOCUMENTS)('%s', (document) => {
  const rows = rowsOf(document);

  it('has a test or says why it is open, in every row', () => {
    const silent = rows.filter((row) => testsOf(row).length === 0 && !OPEN.test(lastCell(row)));
    expect(rows.length).toBeGreaterThan(10);
    expect(silent.map(({ cells }) => cells[0])).toEqual([]);
  });

  it('names only tests that are there, and that run', () => {
    expect(rows.flatMap(testsOf).map(problemWith).filter(Boolean)).toEqual([]);
  });

  it('names only files that are there', () => {
    const files = rows.flatMap(({ cells }) => cells.slice(0, -1).flatMap(codeSpans)).filter(isPath);
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !existsSync(new URL(file, ROOT)))).toEqual([]);
  });
});

it('answers every sentence of the page on background jobs, once and in order', () => {
  const rows = rowsOf('docs/coverage.md').filter(({ cells }) => /^\d+\.\d+$/.test(cells[0] ?? ''));
  expect(rows.map(({ cells }) => cells[0])).toEqual(Object.keys(SEED_SENTENCES));
});

it('shows each sentence by its own first words', () => {
  const rows = new Map(rowsOf('docs/coverage.md').map(({ cells }) => [cells[0], plain(cells[1] ?? '')]));
  const strange = Object.entries(SEED_SENTENCES).filter(([id, words]) => !rows.get(id)?.startsWith(plain(words)));
  expect(strange).toEqual([]);
});

describe('a test that a document names', () => {
  it.each([
    ['test/coverage.test.ts > a test that nobody wrote', 'no such test'],
    ['test/coverage.test.ts > %s', 'no such test'],
    ['test/none.test.ts > anything', 'no such file'],
    ['test/coverage.test.ts', 'names no test'],
  ])('is missed: %s', (named, problem) => {
    expect(problemWith(named)).toContain(problem);
  });

  it('may be one of a table of tests, by its pattern or with a value in it', () => {
    expect(problemWith('test/job/wait/status.test.ts > %s is never the end, whatever isFinished says')).toBe('');
    expect(problemWith('test/job/wait/status.test.ts > created is never the end, whatever isFinished says')).toBe('');
  });
});

function rowsOf(document: string): TableRow[] {
  return tableRows(readFileSync(new URL(document, ROOT), 'utf8'));
}

function lastCell({ cells }: TableRow): string {
  return cells.at(-1) ?? '';
}

function testsOf(row: TableRow): string[] {
  return codeSpans(lastCell(row)).filter((code) => code.startsWith('test/'));
}

/** Quotes and marks aside. */
function plain(text: string): string {
  return text.replaceAll(/[`"*_]/g, '');
}

function isPath(code: string): boolean {
  return /^(?:src|test|docs|scripts)\/[\w./-]*$/.test(code);
}

/** What is wrong with `file > title > …`, or an empty text. */
function problemWith(named: string): string {
  const [path = '', ...titles] = named.split(SEPARATOR);
  const file = new URL(path, ROOT).pathname;
  if (titles.length === 0) return `names no test: ${named}`;
  if (!existsSync(file)) return `no such file: ${named}`;
  const found = writtenTests(file).find(
    (test) =>
      test.titles.length === titles.length && test.titles.every((title, at) => titleMatches(title, titles[at] ?? '')),
  );
  if (!found) return `no such test: ${named}`;
  return found.idle ? `does not run: ${named}` : '';
}
