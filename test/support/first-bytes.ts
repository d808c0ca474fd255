import { createServer, type AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A port of this machine that takes the first bytes of its first connection, and breaks it; closed when the test ends. */
export async function startFirstBytes(): Promise<{ port: number; bytes: Promise<Buffer> }> {
  let take: (bytes: Buffer) => void = () => undefined;
  const bytes = new Promise<Buffer>((taken) => (take = taken));
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (data: Buffer) => {
      take(data);
      socket.resetAndDestroy();
    });
  });
  await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, bytes };
}
