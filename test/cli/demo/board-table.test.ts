import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { boardTable } from '../../../src/cli/demo/board-table.js';
import { DEMO_RUNS } from '../../../src/cli/demo/demo-runs.js';
import type { DemoRow } from '../../../src/cli/demo/demo-row.js';

const JOB_ID = '1796040337821';
const ROWS = DEMO_RUNS.flatMap(({ title, expected }) =>
  ['Syrup', 'Queue v2'].map((api): DemoRow => {
    const job = { jobId: JOB_ID, status: 'terminated', polls: 12 } as DemoRow['job'];
    return { title, api, line: '', told: expected, asExpected: true, tookMs: 95_000, ...(job && { job }) };
  }),
);

const linesOf = (width?: number): string[] => stripVTControlCharacters(boardTable(ROWS, width)).split('\n');
const widest = (lines: readonly string[]): number => Math.max(...lines.map((line) => line.length));

it.each([80, 100, 110])('the table of `demo` fits %i columns, with every word that its runs end with', (width) => {
  const lines = linesOf(width);
  expect(widest(lines)).toBeLessThanOrEqual(width);
  expect(lines[0]).toMatch(/^┌/);
  const cells = lines.flatMap((line) => line.split('│').map((cell) => cell.trim()));
  expect(cells).toEqual(expect.arrayContaining(DEMO_RUNS.map(({ expected }) => expected)));
  const titles = lines.map((line) => (line.split('│')[1] ?? '').trim()).join(' ');
  for (const { title } of DEMO_RUNS) expect(titles.replaceAll(/ +/g, ' ')).toContain(title);
});

it('the table of `demo` has all of it where there is room, or no terminal', () => {
  for (const width of [120, undefined]) {
    const lines = linesOf(width);
    expect(lines).toHaveLength(ROWS.length + 3);
    expect(lines[1]?.split('│').map((cell) => cell.trim())).toEqual([
      '',
      'what',
      'API',
      'job',
      'Keboola says',
      'the workflow tells',
      'reads',
      'took',
      '',
      '',
    ]);
    expect(lines.filter((line) => line.includes(JOB_ID))).toHaveLength(ROWS.length);
  }
});
