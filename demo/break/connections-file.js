import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APIS } from './apis.js';

/**
 * Names the projects of the sandbox to the workers of both sides; no token stands in it.
 *
 * @returns its path, and what takes it away again.
 */
export async function writeConnectionsFile(url) {
  const folder = await mkdtemp(join(tmpdir(), 'keboola-temporal-'));
  const path = join(folder, 'connections.json');
  const connections = Object.fromEntries(APIS.map(({ connection, tokenEnv }) => [connection, { url, tokenEnv }]));
  await writeFile(path, JSON.stringify({ connections }));
  return { path, remove: () => rm(folder, { recursive: true }) };
}
