import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { requirePlace, writeFileWhole } from '../../../src/cli/options/written-file.js';
import { tempFolder } from '../../support/temp-folder.js';

it('what a killed process of the same number has left does not stand in the way, and goes', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, `.out.csv.${process.pid}.0123456789ab.part`), 'half');
  await writeFile(join(folder, `out.csv.${process.pid}.part`), 'of somebody else');
  const path = join(folder, 'out.csv');
  await requirePlace(path);
  expect(await writeFileWhole(path, [Buffer.from('a,'), Buffer.from('b')])).toBe(3);
  expect(await readFile(path, 'utf8')).toBe('a,b');
  expect((await readdir(folder)).sort()).toEqual(['out.csv', `out.csv.${process.pid}.part`]);
});

it('an error of the content is told as it is, and nothing is left', async () => {
  const folder = await tempFolder();
  const broken = (async function* () {
    yield await Promise.resolve(Buffer.from('half'));
    throw Object.assign(new Error('the connection broke'), { code: 'ECONNRESET' });
  })();
  await expect(writeFileWhole(join(folder, 'out.csv'), broken)).rejects.toThrow(/^the connection broke$/);
  expect(await readdir(folder)).toEqual([]);
});
