import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { eventually } from '../../support/eventually.js';
import { CSV, StorageLab, TABLE } from '../../support/storage-lab.js';
import { tempFolder } from '../../support/temp-folder.js';

it('a half file that cannot be deleted while Storage is away is deleted once it is back', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'orders.csv'), CSV);
  const lab = await StorageLab.open({ files: { folder }, transfer: { patience: { attemptsMax: 2, pauseMs: 1 } } });
  onTestFinished(() => lab.close());
  for (const route of ['upload', 'fileDelete'] as const)
    lab.sandbox.faults.add({ route, times: 'always', status: 503 });
  const handle = await lab.start('importTable', { table: TABLE, source: { file: 'orders.csv' } });
  await eventually(() => expect(lab.sandbox.counters.requests.fileDelete).toBeGreaterThan(0));
  lab.sandbox.faults.clear();
  expect(await handle.result()).toMatchObject({ rows: 2, status: 'success' });
  // A server that leaps over time leaps over the days that files are kept, so it is the deletion that is looked for.
  const deleted = lab.sandbox.requests.filter(({ route, status }) => route === 'fileDelete' && status === 204);
  expect(deleted).toHaveLength(1);
});
