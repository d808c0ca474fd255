import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { installed, type WantedTool } from '../../support/installed.js';

const MOTO = '5.2.5';
/** The last that runs on Node 20. */
const AZURITE = '3.35.0';
const FAKE_GCS = '1.56.1';
const KBCSTORAGE = '0.12.0';
/** The folder of the cache. */
const KIND = 'stores';

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

/** Installs what is missing into the cache folder, beside Temporal's servers: no dependency of this package. */
export async function setup(project: TestProject): Promise<void> {
  const moto = await installed(KIND, {
    folder: `moto-${MOTO}`,
    file: 'moto/server.py',
    tool: withPip(`moto[s3]==${MOTO}`, 'flask', 'flask-cors'),
  });
  const kbcstorage = await installed(KIND, {
    folder: `kbcstorage-${KBCSTORAGE}`,
    file: 'kbcstorage/client.py',
    tool: withPip(`kbcstorage==${KBCSTORAGE}`),
  });
  const azurite = await installed(KIND, {
    folder: `azurite-${AZURITE}`,
    file: 'node_modules/azurite/dist/src/blob/main.js',
    tool: (folder) => ({
      command: 'npm',
      args: ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', `azurite@${AZURITE}`],
    }),
  });
  const fakeGcs = await installed(KIND, {
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

function withPip(...packages: readonly string[]): WantedTool['tool'] {
  return (folder) => ({
    command: 'python3',
    args: ['-m', 'pip', 'install', '--quiet', '--target', folder, ...packages],
  });
}
