import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { defaultCacheFolder } from '../../src/dev/install/cache-folder.js';

const VERSION = 'v5.7.1';
const run = promisify(execFile);

/** Any object of a cluster. */
export interface ClusterObject {
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
}

/** What `kubectl apply --kustomize` would send for a folder: as text, and as objects. */
export async function kustomized(folder: string): Promise<{ text: string; objects: ClusterObject[] }> {
  const [command, ...args] = await program();
  const { stdout: text } = await run(command, [...args, folder]);
  return { text, objects: parseAllDocuments(text).map((one) => one.toJS() as ClusterObject) };
}

/** `kubectl` has it within; where there is none, Go builds it once into the cache folder, in less than a minute of a processor. */
async function program(): Promise<[string, ...string[]]> {
  if (await works('kubectl', ['kustomize', '--help'])) return ['kubectl', 'kustomize'];
  const folder = join(defaultCacheFolder(process.env), `kustomize-${VERSION}`);
  const built = join(folder, 'kustomize');
  const isThere = await access(built).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    const module = `sigs.k8s.io/kustomize/kustomize/v5@${VERSION}`;
    await run('go', ['install', module], { env: { ...process.env, GOBIN: folder } });
  }
  return [built, 'build'];
}

async function works(command: string, args: string[]): Promise<boolean> {
  return await run(command, args).then(
    () => true,
    () => false,
  );
}
