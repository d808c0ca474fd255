import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { createServer, type SecureContextOptions, type TlsOptions } from 'node:tls';
import { onTestFinished } from 'vitest';
import { relay } from './relay.js';

/** Where tests run beside each other, "the" test is any of them: then it has to be the one of the test's own context. */
export type AtEnd = (close: () => void) => void;

/** TLS in front of a server of plain gRPC, as a load balancer puts it there; closed when the test ends. */
export async function startTlsFront(
  behind: string,
  options: TlsOptions,
  atEnd: AtEnd = onTestFinished,
): Promise<number> {
  const server = createServer({ ALPNProtocols: ['h2'], ...options }, (socket) => relay(socket, behind));
  return await listening(server, atEnd);
}

/** One whose certificate becomes another one while it runs; who is connected then has to come again. */
export async function startTurningTlsFront(
  behind: string,
  options: TlsOptions,
): Promise<{ port: number; turn: (next: SecureContextOptions) => void }> {
  const open = new Set<{ destroy(): void }>();
  const server = createServer({ ALPNProtocols: ['h2'], ...options }, (socket) => {
    open.add(socket);
    relay(socket, behind);
  });
  const turn = (next: SecureContextOptions): void => {
    server.setSecureContext(next);
    for (const socket of open) socket.destroy();
    open.clear();
  };
  return { port: await listening(server), turn };
}

/** A gRPC server with TLS that answers every call as Temporal Cloud does where an API key is wrong. */
export async function startRefusingServer(options: TlsOptions): Promise<number> {
  const server = createSecureServer(options);
  const grpc = { 'content-type': 'application/grpc', 'grpc-status': '16', 'grpc-message': 'Request unauthorized.' };
  server.on('stream', (stream) => stream.respond({ ':status': 200, ...grpc }, { endStream: true }));
  return await listening(server);
}

async function listening(server: ReturnType<typeof createServer>, atEnd: AtEnd = onTestFinished): Promise<number> {
  const open = new Set<{ destroy(): void }>();
  server.on('connection', (socket: { destroy(): void }) => open.add(socket));
  // What a client does that is refused is its own affair.
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens));
  atEnd(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
