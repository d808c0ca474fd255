import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { resolveTemporalCli } from '../../../src/dev/install/temporal-cli.js';
import { tempFolder } from '../../support/temp-folder.js';
import { fakeCli, fakeExecutable, fakeGo } from '../fake-executable.js';
import { withoutDownloads } from '../without-downloads.js';

describe('resolveTemporalCli', () => {
  let folder: string;
  let bin: string;
  let cacheFolder: string;
  const lines: string[] = [];
  const report = (line: string) => void lines.push(line);

  beforeEach(async () => {
    withoutDownloads();
    folder = await tempFolder();
    bin = join(folder, 'bin');
    cacheFolder = join(folder, 'cache');
    lines.length = 0;
  });

  const inCache = () => join(cacheFolder, 'temporal-cli-1.5.1', 'temporal');

  test('takes TEMPORAL_CLI_PATH before everything else and says so', async () => {
    const chosen = await fakeCli(join(folder, 'chosen'), '1.0.0-chosen');
    await fakeCli(join(bin, 'temporal'), '1.0.0-installed');
    await fakeCli(inCache(), '1.0.0-cached');
    const found = await resolveTemporalCli({ temporalCliPath: chosen, path: bin, cacheFolder, report });
    expect(found).toEqual({ path: chosen, source: 'setting', version: 'temporal version 1.0.0-chosen' });
    expect(lines).toEqual([`Temporal dev server from the settings, ${chosen}: temporal version 1.0.0-chosen`]);
  });

  test('refuses a TEMPORAL_CLI_PATH that does not work instead of passing over it', async () => {
    await fakeCli(join(bin, 'temporal'), '1.0.0-installed');
    const broken = resolveTemporalCli({ temporalCliPath: join(folder, 'nothing'), path: bin, cacheFolder, report });
    await expect(broken).rejects.toThrow(/TEMPORAL_CLI_PATH: .*nothing does not work/);
  });

  test('takes `temporal` on PATH before the cache', async () => {
    const installed = await fakeCli(join(bin, 'temporal'), '1.0.0-installed');
    await fakeCli(inCache(), '1.0.0-cached');
    const found = await resolveTemporalCli({ path: `${folder}:${bin}`, cacheFolder, report });
    expect(found).toMatchObject({ path: installed, source: 'path' });
  });

  test('passes over another program that is called `temporal`', async () => {
    await fakeExecutable(join(bin, 'temporal'), 'echo "temporal tables for everyone, v3"');
    await fakeCli(inCache(), '1.0.0-cached');
    const found = await resolveTemporalCli({ path: bin, cacheFolder, report });
    expect(found).toMatchObject({ path: inCache(), source: 'cache', version: 'temporal version 1.0.0-cached' });
  });

  test('builds with Go into the cache when nothing is there, and finds it there the next time', async () => {
    const buildLog = join(folder, 'builds');
    await fakeGo(join(bin, 'go'), buildLog);
    const built = await resolveTemporalCli({ path: bin, cacheFolder, report });
    expect(built).toEqual({ path: inCache(), source: 'go-install', version: 'temporal version 0.0.0-built' });
    expect(await resolveTemporalCli({ path: bin, cacheFolder, report })).toMatchObject({ source: 'cache' });
    expect(await readFile(buildLog, 'utf8')).toBe('install github.com/temporalio/cli/cmd/temporal@v1.5.1\n');
    expect(await readdir(cacheFolder)).toEqual(['temporal-cli-1.5.1']);
  });

  test('replaces a cached binary that does not work', async () => {
    await fakeExecutable(inCache(), 'exit 1');
    await fakeGo(join(bin, 'go'), join(folder, 'builds'));
    const found = await resolveTemporalCli({ path: bin, cacheFolder, report });
    expect(found).toMatchObject({ source: 'go-install', version: 'temporal version 0.0.0-built' });
  });

  test('builds only once when two look for it at the same time', async () => {
    const buildLog = join(folder, 'builds');
    await fakeGo(join(bin, 'go'), buildLog);
    const both = await Promise.all([1, 2].map(() => resolveTemporalCli({ path: bin, cacheFolder, report })));
    expect(both.map(({ source }) => source).sort()).toEqual(['cache', 'go-install']);
    expect((await readFile(buildLog, 'utf8')).trim().split('\n')).toHaveLength(1);
  });

  test('names everything that was tried and the four ways out when nothing works', async () => {
    const failure: unknown = await resolveTemporalCli({ path: bin, cacheFolder, report }).catch(
      (error: unknown) => error,
    );
    const message = String(failure);
    expect(message).toContain('TEMPORAL_CLI_PATH: not set');
    expect(message).toContain('`temporal` on PATH: not there');
    expect(message).toContain(`cache: nothing that works in ${cacheFolder}`);
    expect(message).toMatch(/download by the Temporal SDK: the download failed/);
    expect(message).toContain('go install: go is not on PATH');
    expect(message).toContain('1. Install the Temporal CLI');
    expect(message).toContain('export TEMPORAL_CLI_PATH=');
    expect(message).toContain('3. Let it be downloaded');
    expect(message).toContain(
      `GOBIN='${cacheFolder}/temporal-cli-1.5.1' go install github.com/temporalio/cli/cmd/temporal@v1.5.1`,
    );
    expect(await readdir(cacheFolder)).toEqual([]);
  });

  test('says that Go is too old, and what Go itself said when it failed', async () => {
    const go = await fakeExecutable(join(bin, 'go'), 'echo "go version go1.20.4 linux/amd64"');
    await expect(resolveTemporalCli({ path: bin, cacheFolder, report })).rejects.toThrow(/go1\.20\.4.*1\.25 or newer/);
    await fakeExecutable(
      go,
      'if [ "$1" = version ]; then echo "go version go1.24.1 linux/amd64"; exit 0; fi\necho "requires go >= 1.25.0" >&2\nexit 1',
    );
    await expect(resolveTemporalCli({ path: bin, cacheFolder, report })).rejects.toThrow('requires go >= 1.25.0');
  });

  test('says that the cache folder cannot be used', async () => {
    await writeFile(cacheFolder, 'a file');
    await expect(resolveTemporalCli({ path: bin, cacheFolder, report })).rejects.toThrow(/cache folder .*EEXIST/);
  });
});
