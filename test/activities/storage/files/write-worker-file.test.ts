import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { tryWorkerFile, writeWorkerFile } from '../../../../src/activities/storage/files/write-worker-file.js';
import { eventually } from '../../../support/eventually.js';
import { tempFolder } from '../../../support/temp-folder.js';

/** Longer than a name may be, once something is put behind it. */
const LONG = `${'x'.repeat(250)}.csv`;
const WANTED = { path: 'out.csv', owner: 'workflow' };

let folder: string;
beforeEach(async () => (folder = await tempFolder()));

/** A content whose second half waits. */
function held(): { content: AsyncGenerator<Buffer, void>; release: () => void } {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const content = (async function* () {
    yield Buffer.from('first half,');
    await gate;
    yield Buffer.from('second half');
  })();
  return { content, release: () => release() };
}

async function* whole(text: string): AsyncGenerator<Buffer, void> {
  yield await Promise.resolve(Buffer.from(text));
}

/** A limit of this process, which its files meet as they meet the end of a disk. */
async function limitFiles(bytes: string): Promise<void> {
  await promisify(execFile)('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);
}

const names = (): Promise<string[]> => readdir(folder);

describe('two attempts to write the same file', () => {
  it('do not rename each other’s half file into place', async () => {
    const [zombie, second] = [held(), held()];
    const first = writeWorkerFile({ folder }, WANTED, zombie.content).catch((error: unknown) => error);
    await eventually(async () => expect(await names()).toHaveLength(1));
    const [abandoned] = await names();
    const next = writeWorkerFile({ folder }, WANTED, second.content);
    await eventually(async () => expect((await names()).filter((name) => name !== abandoned)).toHaveLength(1));
    zombie.release();
    expect(await first).toMatchObject({ code: 'ENOENT' });
    expect(await names()).not.toContain('out.csv');
    second.release();
    await next;
    expect(await readFile(join(folder, 'out.csv'), 'utf8')).toBe('first half,second half');
    expect(await names()).toEqual(['out.csv']);
  });

  it('leave nothing of the one that died', async () => {
    const dead = held();
    void writeWorkerFile({ folder }, WANTED, dead.content).catch(() => undefined);
    await eventually(async () => expect(await names()).toHaveLength(1));
    await writeWorkerFile({ folder }, WANTED, whole('all'));
    expect(await names()).toEqual(['out.csv']);
    dead.release();
  });
});

describe('a disk problem that no attempt mends', () => {
  it('is told as one of the file', async () => {
    const problem = { name: 'FileProblem', message: expect.stringContaining('ENAMETOOLONG') as string };
    const wanted = { path: LONG, owner: 'workflow' };
    await expect(writeWorkerFile({ folder }, wanted, whole('all'))).rejects.toMatchObject(problem);
    await expect(tryWorkerFile({ folder }, wanted)).rejects.toMatchObject(problem);
    expect(await names()).toEqual([]);
  });

  it('is found by trying, too', async () => {
    // A name that the disk takes, with no room for the marks of a half file.
    const path = `${'a'.repeat(250)}.csv`;
    await expect(tryWorkerFile({ folder }, { path, owner: 'workflow' })).rejects.toMatchObject({
      name: 'FileProblem',
      message: expect.stringContaining('ENAMETOOLONG') as string,
    });
  });
});

// Only Linux has the limit of a process that runs.
it.runIf(process.platform === 'linux')(
  'a disk that takes no more of a file is told as full, and nothing is left of the file',
  async () => {
    const large = whole('x'.repeat(200_000));
    await limitFiles('65536');
    try {
      await expect(writeWorkerFile({ folder }, WANTED, large)).rejects.toMatchObject({
        name: 'FullDisk',
        message: 'out.csv cannot be written: the disk takes no more of it (EFBIG)',
      });
    } finally {
      await limitFiles('unlimited');
    }
    expect(await names()).toEqual([]);
  },
);

it('trying leaves what is there as it is', async () => {
  await writeFile(join(folder, 'out.csv'), 'before');
  await tryWorkerFile({ folder }, WANTED);
  expect(await names()).toEqual(['out.csv']);
  expect(await readFile(join(folder, 'out.csv'), 'utf8')).toBe('before');
});
