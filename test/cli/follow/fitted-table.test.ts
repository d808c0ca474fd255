import { expect, it } from 'vitest';
import type { JobRow } from '../../../src/client/list-jobs.js';
import { fittedTables } from '../../../src/cli/follow/fitted-table.js';

/** Rows as they are told apart here: by how many lines they take. */
const rowsOf = (lines: readonly number[]): JobRow[] =>
  lines.map((count) => ({ workflowId: 'x'.repeat(count) }) as JobRow);

function scene(linesMax: number) {
  const place = { columns: 80, linesMax, second: 1 };
  let renders = 0;
  const tableOf = fittedTables(
    0,
    (rows) => {
      renders += 1;
      return ['head', ...rows.flatMap(({ workflowId }) => Array.from({ length: workflowId.length }, () => 'x'))].join(
        '\n',
      );
    },
    () => ({ ...place }),
  );
  return { place, tableOf, renders: () => renders };
}

it('has as many of the newest jobs as there are lines for, whatever each of them takes', () => {
  for (let linesMax = 0; linesMax < 40; linesMax++) {
    const lines = [1, 3, 1, 1, 2, 5, 1, 1, 1, 4, 1];
    const { text, left } = scene(linesMax).tableOf(rowsOf(lines));
    const takes = (count: number): number => 1 + lines.slice(0, count).reduce((sum, one) => sum + one, 0);
    const shown = lines.length - left;
    expect(text.split('\n')).toHaveLength(takes(shown));
    if (shown > 1) expect(takes(shown)).toBeLessThanOrEqual(linesMax);
    if (left > 0) expect(takes(shown + 1)).toBeGreaterThan(linesMax);
  }
});

it('makes a table again after a look, a second and a resize, and not each time that it is drawn', () => {
  const { place, tableOf, renders } = scene(400);
  const rows = rowsOf(Array<number>(1_000).fill(3));
  const draw = (seen = rows): number => {
    const before = renders();
    for (let draws = 0; draws < 10; draws++) expect(tableOf(seen).left).toBeGreaterThan(0);
    return renders() - before;
  };
  const once = draw();
  expect(once).toBeLessThanOrEqual(11);
  expect(draw()).toBe(0);
  expect(draw([...rows])).toBe(once);
  place.second += 1;
  expect(draw(rows)).toBe(once);
  place.columns = 200;
  expect(draw()).toBe(once);
  place.linesMax = 10;
  expect(draw()).toBeGreaterThan(0);
});
