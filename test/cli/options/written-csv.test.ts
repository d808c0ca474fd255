import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { writeCsv } from '../../../src/cli/options/written-csv.js';
import { tempFolder } from '../../support/temp-folder.js';

const PIECES = ['id\n', '1\n'].map((text) => Buffer.from(text));

describe('the file of an export', () => {
  it('is gzipped where its name ends in .gz, and the bytes that are told are those of the CSV', async () => {
    const path = join(await tempFolder(), 'orders.csv.gz');
    expect(await writeCsv(path, PIECES)).toBe(5);
    expect(gunzipSync(await readFile(path)).toString()).toBe('id\n1\n');
  });

  it('is plain where it is called otherwise', async () => {
    const path = join(await tempFolder(), 'orders.csv');
    expect(await writeCsv(path, PIECES)).toBe(5);
    expect(await readFile(path, 'utf8')).toBe('id\n1\n');
  });

  it.each(['orders.csv', 'orders.csv.gz'])(
    'is not there where its content breaks, and that is told: %s',
    async (name) => {
      const folder = await tempFolder();
      const broken = (async function* () {
        yield await Promise.resolve(Buffer.from('half'));
        throw Object.assign(new Error('the connection broke'), { code: 'ECONNRESET' });
      })();
      await expect(writeCsv(join(folder, name), broken)).rejects.toThrow(/^the connection broke$/);
      expect(await readdir(folder)).toEqual([]);
    },
  );
});
