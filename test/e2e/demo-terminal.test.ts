import { expect, inject, it } from 'vitest';
import { DEMO_RUNS } from '../../src/cli/demo/demo-runs.js';
import { CLI } from '../support/processes.js';
import { required } from '../support/required.js';
import { tempFolder } from '../support/temp-folder.js';
import { openPane } from '../support/tmux.js';

const { cli: TEMPORAL_CLI_PATH } = required(inject('devServer'));
/** What the table of the demonstration needs. */
const COLUMNS = 120;

it('`demo` ends for a person with a table that fits the terminal, a tree and what to do next', async () => {
  const env = { PATH: process.env['PATH'] ?? '', HOME: await tempFolder(), LANG: 'C.UTF-8', TEMPORAL_CLI_PATH };
  const pane = await openPane([process.execPath, CLI, 'demo'], { columns: COLUMNS, rows: 60 }, env);
  const { lines, code } = await pane.ended().finally(() => pane.close());
  expect(code).toBe(0);
  expect(lines.at(-1)).toBe('All of it is stopped now; with --keep it stays up, with the Web UI of Temporal.');
  const at = lines.findIndex((line) => line.startsWith('One of the two pipelines, one workflow per job, as '));
  const table = lines.slice(0, at).filter((line) => /^[┌│└]/.test(line));
  for (const { title } of DEMO_RUNS) expect(table.join('\n')).toContain(title);
  expect(Math.max(...table.map(({ length }) => length))).toBeLessThanOrEqual(COLUMNS);
  const tree = lines.slice(at + 1).join('\n');
  expect(tree).toMatch(/^keboola-pipeline\//);
  expect(tree.match(/job \d+/g)?.length ?? 0).toBeGreaterThanOrEqual(5);
});
