import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { withFileLock } from '../../../src/dev/install/file-lock.js';
import { tempFolder } from '../../support/temp-folder.js';

describe('withFileLock', () => {
  let lockFile: string;
  const lines: string[] = [];
  const options = {
    waitMsMax: 20_000,
    purpose: 'building the Temporal CLI',
    report: (line: string) => void lines.push(line),
    intervalMs: 10,
  };
  const done = () => Promise.resolve('done');

  beforeEach(async () => {
    lockFile = join(await tempFolder(), 'cache', 'some.lock');
    lines.length = 0;
  });

  test('lets only one work at a time, tells the others who does, and leaves no lock behind', async () => {
    let working = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++working);
      await sleep(20);
      working--;
    };
    await Promise.all(Array.from({ length: 5 }, () => withFileLock(lockFile, options, work)));
    expect(most).toBe(1);
    expect(lines[0]).toMatch(
      new RegExp(`^(Another process|Process ${process.pid} on .+) is building the Temporal CLI`),
    );
    expect(existsSync(lockFile)).toBe(false);
  });

  test('hands the lock on when the work fails', async () => {
    await expect(withFileLock(lockFile, options, () => Promise.reject(new Error('no disk')))).rejects.toThrow(
      'no disk',
    );
    expect(await withFileLock(lockFile, options, done)).toBe('done');
  });

  test('takes the lock of a dead process at once', async () => {
    const { pid } = spawnSync('true');
    await lockedBy({ token: 'other', pid, host: hostname() });
    // Waiting for a single interval would already be longer than this test may take.
    expect(await withFileLock(lockFile, { ...options, intervalMs: 600_000 }, done)).toBe('done');
  });

  test('takes the lock of another machine once it gives no sign of life', async () => {
    await lockedBy({ token: 'other', pid: 1, host: 'elsewhere' });
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lockFile, longAgo, longAgo);
    expect(await withFileLock(lockFile, options, done)).toBe('done');
  });

  test('gives up after its bound, although the clock of the machine is set back while it waits', async () => {
    await lockedBy({ token: 'other', pid: process.pid, host: hostname() });
    const now = Date.now.bind(Date);
    let looks = 0;
    const back = vi.spyOn(Date, 'now').mockImplementation(() => now() - 60_000 * (looks += 1));
    onTestFinished(() => back.mockRestore());
    const waiting = withFileLock(lockFile, { ...options, waitMsMax: 100, intervalMs: 50 }, done);
    await expect(waiting).rejects.toThrow('Wait for it, or end it');
  });

  test('gives up after its bound, naming the holder and the lock file, and does not touch the lock', async () => {
    await lockedBy({ token: 'other', pid: process.pid, host: hostname() });
    const waiting = withFileLock(lockFile, { ...options, waitMsMax: 100, intervalMs: 50 }, done);
    await expect(waiting).rejects.toThrow(
      new RegExp(`Process ${process.pid} on .+ has been building the Temporal CLI for .+ delete ${lockFile}`),
    );
    expect(await readFile(lockFile, 'utf8')).toContain('other');
  });

  async function lockedBy(holder: object): Promise<void> {
    await mkdir(join(lockFile, '..'));
    await writeFile(lockFile, JSON.stringify(holder));
  }
});
