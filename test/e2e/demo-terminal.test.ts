import { expect, inject, it } from 'vitest';
import { DEMO_RUNS } from '../../src/cli/demo/demo-runs.js';
import { CLI } from '../support/processes.js';
import { required } from '../support/required.js';
import { tempFolder } from '../support/temp-folder.js';
import { openPane } from '../support/tmux.js';

const { cli: TEMPORAL_CLI_PATH } = required(inject('devServer'));
const COLUMNS = 80;

/** Without what else stands in the lines that a cell takes. */
function wordsOf(lines: readonly string[]): string {
  return lines
    .flatMap((line) => (line.startsWith('│') ? line.split('│')[1] : line) ?? [])
    .map((text) => text.trim())
    .join(' ')
    .replaceAll(/ +/g, ' ');
}

it('`demo` ends for a person with a table that fits the terminal, a tree and what to do next', async () => {
  const env = { PATH: process.env['PATH'] ?? '', HOME: await tempFolder(), LANG: 'C.UTF-8', TEMPORAL_CLI_PATH };
  const pane = await openPane([process.execPath, CLI, 'demo'], { columns: COLUMNS, rows: 60 }, env);
  const { lines, code } = await pane.ended().finally(() => pane.close());
  expect(code).toBe(0);
  expect(lines.at(-1)).toBe('All of it is stopped now; with --keep it stays up, with the Web UI of Temporal.');
  const at = lines.findIndex((line) => line.startsWith('One of the two pipelines, as '));
  const table = lines.slice(0, at).filter((line) => /^[┌│└]/.test(line));
  for (const { title } of DEMO_RUNS) expect(wordsOf(table)).toContain(wordsOf([title]));
  expect(table[0]).toMatch(/^┌/);
  expect(lines.filter((line) => /^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]|Queue v2 +running/u.test(line))).toEqual([]);
  expect(Math.max(...lines.slice(lines.indexOf(table[0] ?? '')).map(({ length }) => length))).toBeLessThanOrEqual(
    COLUMNS,
  );
  const tree = lines.slice(at + 1).join('\n');
  expect(tree).toMatch(/^keboola-pipeline\//);
  expect(tree.match(/job \d+/g)?.length ?? 0).toBeGreaterThanOrEqual(5);
}, 450_000);
