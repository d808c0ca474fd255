import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecuredServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Identity } from './certificates.js';
import type { AtEnd } from './tls-front.js';

/** A proxy that knows CONNECT, and what it was asked. */
export interface ConnectProxy {
  /** With the scheme. */
  url: string;
  /** `host:port` of each CONNECT, oldest first. */
  asked: string[];
  /** Values of Proxy-Authorization. */
  authorizations: (string | undefined)[];
}

/** What it does with a CONNECT. */
export type OnConnect = (socket: Socket, request: IncomingMessage) => void;

/** Connects whatever was asked for to a port of this machine. */
export function tunnelTo(port: number): OnConnect {
  return (socket) => {
    const next = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      next.pipe(socket).pipe(next);
    });
    next.on('error', () => socket.destroy());
    socket.on('close', () => next.destroy());
  };
}

/** Answers, and closes. */
export function answers(head: string): OnConnect {
  return (socket) => socket.end(`HTTP/1.1 ${head}\r\nContent-Length: 0\r\n\r\n`);
}

/** A proxy on this machine, that is spoken to over TLS where it has a certificate; closed when the test ends. */
export async function startConnectProxy(
  onConnect: OnConnect,
  identity?: Identity,
  atEnd: AtEnd = onTestFinished,
): Promise<ConnectProxy> {
  const proxy: ConnectProxy = { url: '', asked: [], authorizations: [] };
  const open = new Set<Socket>();
  const server = identity ? createSecuredServer(identity) : createServer();
  server.on('request', (_request, response: ServerResponse) => response.writeHead(405).end());
  server.on('connection', (socket: Socket) => open.add(socket));
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => undefined);
    proxy.asked.push(request.url ?? '');
    proxy.authorizations.push(request.headers['proxy-authorization']);
    onConnect(socket, request);
  });
  await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens));
  atEnd(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  proxy.url = `${identity ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}
