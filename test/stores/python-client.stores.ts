import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, inject, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.js';
import { storage } from '../sandbox/storage-support.js';
import { tempFolder } from '../support/temp-folder.js';

const SCRIPT = fileURLToPath(new URL('support/python-client.py', import.meta.url));
/** Large enough for the libraries of each cloud to move it in parts. */
const FILE = randomBytes(20 * 1_048_576);
/** Three slices of the sandbox. */
const ROWS = 250_000;

it.each(['azure', 'aws', 'gcp'] as const)(
  "Keboola's own Python client moves a file and a table of a sandbox at %s",
  async (fileProvider) => {
    const sandbox = await startSandbox({ fileProvider, storageJobSeconds: 0, storageQueueSeconds: 0 });
    onTestFinished(() => sandbox.close());
    await storage(sandbox, '/buckets', { method: 'POST', body: { name: 'main', stage: 'in' } });
    const folder = await tempFolder();
    const [file, table] = [join(folder, 'file.bin'), join(folder, 'table.csv')];
    await writeFile(file, FILE);
    await writeFile(table, `id,text\n${Array.from({ length: ROWS }, (_, at) => `${at},"text, ${at}"`).join('\n')}\n`);
    const env = {
      PATH: process.env['PATH'],
      PYTHONPATH: inject('stores').kbcstorage,
      HOME: folder,
      KBC_URL: sandbox.url,
      KBC_TOKEN: sandbox.token,
      // Where the libraries of Amazon and Google look for another place than their clouds.
      AWS_ENDPOINT_URL_S3: sandbox.url,
      STORAGE_EMULATOR_HOST: sandbox.url,
    };
    const args = [SCRIPT, file, table, await tempFolder()];
    const { stdout } = await promisify(execFile)('python3', args, { env, cwd: folder, timeout: 150_000 });
    expect(stdout).toBe('in.c-main.orders\n');
    expect(sandbox.counters.storageJobsByOperation).toEqual({ tableCreate: 1, tableExport: 1 });
  },
);
