import { fileURLToPath } from 'node:url';
import { startPeerServer } from './peer-server.js';

/** Python would ask a proxy even for this machine. */
export const NO_PROXY = { NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };

const PEERS = new URL('../', import.meta.url);

/**
 * Starts the worker of a row, in a process of its own.
 *
 * @returns its process id, and what kills it with -9.
 */
export async function startProgram(processes, order, { worker }) {
  return await (worker.endsWith('.py') ? startPython(processes, worker, order) : startNode(processes, worker, order));
}

async function startNode(processes, worker, order) {
  const started = processes.helper(`../peers/${worker}`);
  await started.ask(order);
  return { pid: started.child.pid, kill: () => started.stop() };
}

async function startPython(processes, worker, { port, keboola: { url, token } }) {
  const args = ['-B', fileURLToPath(new URL(worker, PEERS)), String(port)];
  const env = { KBC_URL: url, KBC_TOKEN: token, ...NO_PROXY, PYTHONPATH: fileURLToPath(new URL('run', PEERS)) };
  const started = await startPeerServer(processes, { command: 'python3', args, env, port });
  const kill = async () => {
    process.kill(started.pid, 'SIGKILL');
    await started.ended;
  };
  return { pid: started.pid, kill };
}
