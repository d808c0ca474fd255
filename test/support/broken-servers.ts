import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A loopback port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((closed) => server.close(closed));
  return port;
}

/** A port that accepts connections, reads nothing and resets them; it is closed when the test ends. */
export async function startDeafServer(): Promise<number> {
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    // Late enough for the client to have sent its request.
    setTimeout(() => socket.resetAndDestroy(), 50);
  });
  const port = await listen(server);
  onTestFinished(async () => {
    await new Promise((closed) => server.close(closed));
  });
  return port;
}

/** A port that accepts connections, reads all and never answers; it is closed when the test ends. */
export async function startSilentServer(): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.resume());
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  const port = await listen(server);
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => server.close(closed));
  });
  return port;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
}
