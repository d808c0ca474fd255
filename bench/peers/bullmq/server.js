import { startPeerServer } from '../run/peer-server.js';
import { freePort } from '../../../dist/dev/ports.js';
import { requireProgram, versionOf } from '../run/tools.js';

/** @throws Error with the next step where Redis is missing. */
export function findTools() {
  return { redis: requireProgram('redis-server', ['/usr/bin'], 'apt-get install redis-server') };
}

/** Redis as BullMQ asks for in production: nothing is evicted, and what was told is in its file within a second. */
export async function startServers({ processes, folder }) {
  const { redis } = findTools();
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  args.push('--appendonly', 'yes', '--maxmemory-policy', 'noeviction');
  const { pid } = await startPeerServer(processes, { command: redis, args, port });
  return { pids: [pid], version: versionOf(redis, ['--version']), order: { port } };
}
