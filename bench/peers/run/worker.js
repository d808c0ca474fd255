import { fileURLToPath } from 'node:url';
import { startPeerServer } from './peer-server.js';

const PEERS = new URL('../', import.meta.url);

/**
 * Starts the worker of a row, in a process of its own.
 *
 * @returns its process id, and what kills it with -9.
 */
export async function startWorker(processes, { worker }, order) {
  return await (worker.endsWith('.py') ? startPython(processes, worker, order) : startNode(processes, worker, order));
}

async function startNode(processes, worker, order) {
  const started = processes.helper(`../peers/${worker}`);
  await started.ask(order);
  return { pid: started.child.pid, kill: () => started.stop() };
}

async function startPython(processes, worker, { port, keboola: { url, token } }) {
  const args = [fileURLToPath(new URL(worker, PEERS)), JSON.stringify({ port, keboola: { url } })];
  const started = await startPeerServer(processes, { command: 'python3', args, env: { KBC_TOKEN: token }, port });
  const kill = async () => {
    process.kill(started.pid, 'SIGKILL');
    await started.ended;
  };
  return { pid: started.pid, kill };
}
