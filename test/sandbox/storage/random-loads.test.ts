import fc from 'fast-check';
import { describe, it, expect } from 'vitest';
import { pausedSandbox } from '../support.js';
import { accepted, readStorageJob, rowsOf, tableOf, upload } from '../storage-support.js';

interface Load {
  rows: [string, string][];
  incremental: boolean;
  /** A broken last row, a fault of the job, or nothing. */
  mishap: 'broken' | 'fails' | 'none';
}

const key = fc.constantFrom('1', '2', '3', 'a,b');
const value = fc.constantFrom('', 'x', '"', 'two\nlines', 'ž');
const load: fc.Arbitrary<Load> = fc.record({
  rows: fc.array(fc.tuple(key, value), { maxLength: 4 }),
  incremental: fc.boolean(),
  mishap: fc.constantFrom('none', 'none', 'broken', 'fails'),
});

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** What a table with a primary key holds after these loads, by the simplest possible account. */
function expected(loads: Load[]): Map<string, string> {
  let rows = new Map<string, string>();
  for (const { rows: given, incremental, mishap } of loads) {
    if (mishap !== 'none') continue;
    rows = new Map(incremental ? [...rows, ...given] : given);
  }
  return rows;
}

describe('loads in any order', () => {
  it('leave what the last good ones say, whatever else was under way at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(load, { minLength: 1, maxLength: 6 }), async (loads) => {
        const sandbox = await pausedSandbox();
        const table = await tableOf(sandbox, 'id,name\n', { primaryKey: 'id' });
        const ids: number[] = [];
        for (const { rows, incremental, mishap } of loads) {
          const lines = rows.map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
          const dataFileId = await upload(sandbox, `id,name\n${lines}${mishap === 'broken' ? '9' : ''}`);
          if (mishap === 'fails') sandbox.faults.add({ route: 'tableImport', jobFails: true });
          const body = { dataFileId, incremental };
          ids.push((await accepted(sandbox, `/tables/${table}/import-async`, { body })).id);
        }
        sandbox.clock.advance(60_000);
        const statuses = await Promise.all(ids.map(async (id) => (await readStorageJob(sandbox, id)).status));
        expect(statuses).toEqual(loads.map(({ mishap }) => (mishap === 'none' ? 'success' : 'error')));
        const lines = [...expected(loads)].map((cells) => cells.map(quoted).join(','));
        // Split as the helper splits, so that values of two lines compare as well.
        expect((await rowsOf(sandbox, table)).sort()).toEqual(lines.flatMap((line) => line.split('\n')).sort());
        await sandbox.close();
      }),
      { numRuns: 40 },
    );
  });
});
