import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as the server saw it. */
export interface SeenRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

/** What the server does once it has read a whole request; it may also break the socket, or do nothing. */
export type Reply = (response: ServerResponse, request: SeenRequest) => void;

export interface RawServer {
  /** Without a trailing slash. */
  url: string;
  /** Whole requests, oldest first. */
  requests: readonly SeenRequest[];
}

const BODY_BYTES_MAX = 16 * 1024 * 1024;

/** A real HTTP server on loopback whose every answer is scripted by the test; it is closed when the test ends. */
export async function startRawServer(reply: Reply): Promise<RawServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((message, response) => {
    void readBody(message).then((body) => {
      const seen = { method: message.method ?? '', path: message.url ?? '', headers: message.headers, body };
      requests.push(seen);
      reply(response, seen);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= BODY_BYTES_MAX) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
