import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SettingsError } from '../../src/input/settings-error.js';
import { readFilesPlace } from '../../src/settings.js';
import { tempFolder } from '../support/temp-folder.js';

describe('where a worker reads and writes files', () => {
  it('is a folder, and hosts with their port unless it is 443', async () => {
    const folder = await tempFolder();
    const env = { KEBOOLA_FILES_DIR: folder, KEBOOLA_IMPORT_HOSTS: 'Files.example.com, other.com:8443,[fd00::1]' };
    expect(readFilesPlace(env)).toEqual({ folder, importHosts: ['Files.example.com', 'other.com:8443', '[fd00::1]'] });
    expect(readFilesPlace({})).toEqual({ importHosts: [] });
  });

  it('is no file, and no folder that is missing: each job would fail by it later', async () => {
    const file = join(await tempFolder(), 'a');
    await writeFile(file, '');
    for (const [path, words] of [
      [file, `KEBOOLA_FILES_DIR names ${file}, which is no folder.`],
      ['/none/here', 'KEBOOLA_FILES_DIR names /none/here, which cannot be used (ENOENT).'],
      [join(file, 'b'), 'which cannot be used (ENOTDIR).'],
    ] as const) {
      const read = (): unknown => readFilesPlace({ KEBOOLA_FILES_DIR: path });
      expect(read).toThrow(SettingsError);
      expect(read).toThrow(words);
    }
  });

  it.each(['https://a.example', 'a.example/', 'a.example:443', '*.example', 'a b', 'me@a.example'])(
    'is no host %j, which no address could have',
    (host) => {
      const read = (): unknown => readFilesPlace({ KEBOOLA_IMPORT_HOSTS: `ok.example,${host}` });
      expect(read).toThrow(SettingsError);
      expect(read).toThrow(`and not "${host}"`);
    },
  );
});
