import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { resolveTestServer } from '../../src/dev/test-server.js';
import { tempFolder } from '../support/temp-folder.js';
import { fakeExecutable } from './fake-executable.js';
import { withoutDownloads } from './without-downloads.js';

describe('resolveTestServer', () => {
  let folder: string;
  let bin: string;
  let cacheFolder: string;

  beforeEach(async () => {
    withoutDownloads();
    folder = await tempFolder();
    bin = join(folder, 'bin');
    cacheFolder = join(folder, 'cache');
  });

  const inCache = () => join(cacheFolder, 'temporal-test-server-1.38.0', 'temporal-test-server');

  test('takes TEMPORAL_TEST_SERVER_PATH before the cache', async () => {
    const chosen = await fakeExecutable(join(folder, 'chosen'), 'exit 0');
    await fakeExecutable(inCache(), 'exit 0');
    const found = await resolveTestServer({ testServerPath: chosen, path: bin, cacheFolder });
    expect(found).toEqual({ path: chosen, source: 'setting' });
  });

  test('takes what the cache has', async () => {
    await fakeExecutable(inCache(), 'exit 0');
    expect(await resolveTestServer({ path: bin, cacheFolder })).toEqual({ path: inCache(), source: 'cache' });
  });

  test('asks Maven for the pinned version and puts a start script beside the jars', async () => {
    await fakeExecutable(
      join(bin, 'mvn'),
      `for argument in "$@"; do case "$argument" in -DoutputDirectory=*) lib="\${argument#*=}";; esac; done
/bin/mkdir "$lib" && /bin/grep -q '<version>1.38.0</version>' pom.xml && echo jar > "$lib/temporal-test-server.jar"`,
    );
    const java = await fakeExecutable(join(folder, 'jdk', 'bin', 'java'), 'echo "$@"');
    vi.stubEnv('JAVA_HOME', join(folder, 'jdk'));
    const found = await resolveTestServer({ path: bin, cacheFolder });
    expect(found).toEqual({ path: inCache(), source: 'maven' });
    const run = await promisify(execFile)(found.path, ['7234'], { env: { JAVA_HOME: join(java, '..', '..') } });
    expect(run.stdout).toContain(`-cp ${join(cacheFolder, 'temporal-test-server-1.38.0', 'lib')}/*`);
    expect(run.stdout).toContain('io.temporal.testserver.TestServer 7234');
  });

  test('names everything that was tried and the ways out when nothing works', async () => {
    const failure: unknown = await resolveTestServer({ path: bin, cacheFolder }).catch((error: unknown) => error);
    const message = String(failure);
    expect(message).toContain('TEMPORAL_TEST_SERVER_PATH: not set');
    expect(message).toMatch(/download by the Temporal SDK: the download failed/);
    expect(message).toContain('Maven: mvn is not on PATH');
    expect(message).toContain('export TEMPORAL_TEST_SERVER_PATH=');
    expect(message).toContain('Install Java 8 or newer and Maven');
    expect(message).toContain('scp -r');
  });
});
