import { execFileSync } from 'node:child_process';
import { freePort } from '../../../dist/dev/ports.js';
import { versionOf } from '../run/tools.js';

/** @throws Error with the next step where Python is missing and wanted. */
export function findTools({ key }) {
  if (key !== 'asyncio') return;
  try {
    execFileSync('python3', ['--version'], { stdio: 'pipe' });
  } catch {
    throw new Error('python3 is missing: apt-get install python3');
  }
}

/** A bare loop has no server: what it knows is in its own memory. */
export async function startServers({ row }) {
  const version = row.key === 'asyncio' ? versionOf('python3', ['--version']) : `Node ${process.version}`;
  return { pids: [], version, order: { port: await freePort() } };
}
