import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Stands before a store, and breaks connections where a test wants it. */
export interface BreakingProxy {
  /** Without a slash at its end. */
  origin: string;
  /** Where what it gets goes on to; 0 until it is known. */
  targetPort: number;
  /** Breaks the next connection that has moved so many bytes in the direction; no more than one. */
  breakAfter: (direction: 'up' | 'down', bytes: number) => void;
  /** Breaks the connection in place of the answer of that number, which is then lost; answers have to be short. */
  loseAnswer: (number: number) => void;
  /** How many it has broken. */
  broken: number;
  close: () => Promise<void>;
}

export async function openBreakingProxy(): Promise<BreakingProxy> {
  let next: { direction: 'up' | 'down'; bytes: number } | undefined;
  let answersLeft = 0;
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    const store = connect(proxy.targetPort, '127.0.0.1');
    const moved = { up: 0, down: 0 };
    const end = (): void => {
      client.destroy();
      store.destroy();
    };
    for (const socket of [client, store]) {
      sockets.add(socket);
      socket.on('error', end).on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    const pass = (from: Socket, to: Socket, direction: 'up' | 'down'): void => {
      from.on('data', (piece: Buffer) => {
        moved[direction] += piece.byteLength;
        if (direction === 'down' && answersLeft > 0 && --answersLeft === 0) {
          proxy.broken += 1;
          end();
          return;
        }
        if (!to.write(piece)) {
          from.pause();
          to.once('drain', () => from.resume());
        }
        if (next?.direction !== direction || moved[direction] < next.bytes) return;
        next = undefined;
        proxy.broken += 1;
        // What was handed on shall have arrived, and nothing that comes behind it.
        client.removeAllListeners('data').pause();
        store.removeAllListeners('data').pause();
        setTimeout(end, 50);
      });
    };
    pass(client, store, 'up');
    pass(store, client, 'down');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const proxy: BreakingProxy = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    targetPort: 0,
    breakAfter: (direction, bytes) => {
      proxy.broken = 0;
      next = { direction, bytes };
      onTestFinished(() => void (next = undefined));
    },
    loseAnswer: (number) => {
      proxy.broken = 0;
      answersLeft = number;
      onTestFinished(() => void (answersLeft = 0));
    },
    broken: 0,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
  return proxy;
}
