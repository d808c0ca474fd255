import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startGuarded } from '../../../dist/dev/guarded-process.js';

const START_MS_MAX = 60_000;
const LOOK_MS = 50;
const GRACE_MS = 3_000;
const TAIL_LINES = 15;

/**
 * Starts a program that listens on a port of 127.0.0.1, and waits until it does. It ends with the bench, whatever happens.
 *
 * @param start `{ command, args, env, cwd, port }`; nobody may listen on the port now.
 * @throws Error with its last words when it ends, or does not listen within a minute.
 */
export async function startPeerServer(processes, { port, ...start }) {
  const server = processes.keep(await startGuarded({ graceMs: GRACE_MS, ...start }));
  const deadlineMs = Date.now() + START_MS_MAX;
  while (server.isRunning && Date.now() < deadlineMs) {
    if (await isListening(port)) return server;
    await sleep(LOOK_MS);
  }
  await server.stop();
  throw new Error(`${start.command} does not listen on port ${port}:\n${server.tail.lines(TAIL_LINES)}`);
}

async function isListening(port) {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
