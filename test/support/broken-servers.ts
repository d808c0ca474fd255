import { createServer, type AddressInfo, type Server } from 'node:net';
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

async function listen(server: Server): Promise<number> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
}
