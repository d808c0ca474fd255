import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultCacheFolder } from '../../../src/dev/install/cache-folder.js';
import { withFileLock } from '../../../src/dev/install/file-lock.js';
import { makeIntoCache } from '../../../src/dev/install/make-into-cache.js';
import { type Report, reportTo } from '../../../src/dev/report.js';
import { runTool, type ToolRun } from '../../../src/dev/run-tool.js';
import type { TestProject } from 'vitest/node';

const MOTO = '5.2.5';
/** The last that runs on Node 20. */
const AZURITE = '3.35.0';
const FAKE_GCS = '1.56.1';
const KBCSTORAGE = '0.12.0';
const INSTALL_MS_MAX = 10 * 60_000;

/** Where each store is on this machine, and what else others wrote. */
export interface InstalledStores {
  /** A folder of Python packages. */
  moto: string;
  /** A program of Node. */
  azurite: string;
  /** An executable file. */
  fakeGcs: string;
  /** Keboola's own client of Storage: a folder of Python packages. */
  kbcstorage: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    stores: InstalledStores;
  }
}

interface Wanted {
  folder: string;
  file: string;
  tool: (folder: string) => Pick<ToolRun, 'command' | 'args' | 'env'>;
}

/** Installs what is missing into the cache folder, beside Temporal's servers: no dependency of this package. */
export async function setup(project: TestProject): Promise<void> {
  const report = reportTo(process.stderr);
  const moto = await installed(report, {
    ...{ folder: `moto-${MOTO}`, file: 'moto/server.py' },
    tool: withPip(`moto[s3]==${MOTO}`, 'flask', 'flask-cors'),
  });
  const kbcstorage = await installed(report, {
    ...{ folder: `kbcstorage-${KBCSTORAGE}`, file: 'kbcstorage/client.py' },
    tool: withPip(`kbcstorage==${KBCSTORAGE}`),
  });
  const azurite = await installed(report, {
    folder: `azurite-${AZURITE}`,
    file: 'node_modules/azurite/dist/src/blob/main.js',
    tool: (folder) => ({
      command: 'npm',
      args: ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', `azurite@${AZURITE}`],
    }),
  });
  const fakeGcs = await installed(report, {
    folder: `fake-gcs-server-${FAKE_GCS}`,
    file: 'fake-gcs-server',
    tool: (folder) => ({
      command: 'go',
      args: ['install', `github.com/fsouza/fake-gcs-server@v${FAKE_GCS}`],
      env: { GOBIN: folder },
    }),
  });
  project.provide('stores', { azurite, fakeGcs, moto: join(moto, '../..'), kbcstorage: join(kbcstorage, '../..') });
}

function withPip(...packages: readonly string[]): Wanted['tool'] {
  return (folder) => ({
    command: 'python3',
    args: ['-m', 'pip', 'install', '--quiet', '--target', folder, ...packages],
  });
}

async function installed(report: Report, { folder, file, tool }: Wanted): Promise<string> {
  const cacheFolder = join(defaultCacheFolder(process.env), 'stores');
  await mkdir(cacheFolder, { recursive: true });
  const path = join(cacheFolder, folder, file);
  const isThere = (): Promise<boolean> =>
    access(path).then(
      () => true,
      () => false,
    );
  const lock = { waitMsMax: INSTALL_MS_MAX, purpose: `installing ${folder}`, report };
  await withFileLock(join(cacheFolder, `${folder}.lock`), lock, async () => {
    if (await isThere()) return;
    await makeIntoCache(cacheFolder, `.${folder}-unfinished-`, {
      ...{ folder, file },
      make: async (newFolder) => {
        // So that npm takes the folder for the place of the package, and not the one above it.
        await writeFile(join(newFolder, 'package.json'), '{ "private": true }');
        return await runTool({ ...tool(newFolder), label: `Installing ${folder}`, timeoutMs: INSTALL_MS_MAX, report });
      },
    });
  });
  return path;
}
