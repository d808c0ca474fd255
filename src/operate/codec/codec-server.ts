import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EncryptionCodec } from '../../temporal/encryption/encryption-codec.js';
import type { PayloadKeys } from '../../temporal/encryption/payload-keys.js';
import { corsHeaders, isPreflight } from './cors.js';
import { answerTo } from './codec-answer.js';
import { CodecRefusal } from './codec-refusal.js';
import { readBody } from './read-body.js';
import { routeOf } from './codec-route.js';
import { close, listen } from '../listening.js';

export interface CodecServerOptions {
  keys: PayloadKeys;
  /** 0 for any port that is free. */
  port: number;
  host: string;
  /** Who asks has to know it. */
  token: string;
  /** Of the pages that may ask from a browser: `https://cloud.temporal.io`. */
  origins: readonly string[];
}

export interface CodecServer {
  /** `http://HOST:PORT`. */
  url: string;
  close(): Promise<void>;
}

/** A page asks for some at a time, and each may bring as much as a body may have. */
const CONNECTIONS_MAX = 64;
const HEADER_BYTES_MAX = 16_384;
const REQUEST_MS_MAX = 30_000;

/**
 * Decrypts and encrypts for whom knows the token: Temporal's Web UI and its command line ask `POST /decode` and `/encode` with
 * payloads as JSON. A browser has no place for a token of ours, so that it may also be the first part of the path.
 *
 * @throws Error with `syscall` and `code` where it cannot listen.
 */
export async function startCodecServer({ port, host, ...options }: CodecServerOptions): Promise<CodecServer> {
  const codec = new EncryptionCodec(options.keys);
  const server = createServer(
    { maxHeaderSize: HEADER_BYTES_MAX, requestTimeout: REQUEST_MS_MAX },
    (request, response) => {
      void serve(request, response, codec, options);
    },
  );
  server.maxConnections = CONNECTIONS_MAX;
  await listen(server, port, host);
  const { address, port: taken } = server.address() as AddressInfo;
  const url = `http://${address.includes(':') ? `[${address}]` : address}:${taken}`;
  return { url, close: () => close(server) };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  codec: EncryptionCodec,
  { token, origins }: Pick<CodecServerOptions, 'token' | 'origins'>,
): Promise<void> {
  const headers = { 'cache-control': 'no-store', ...corsHeaders(request.headers, origins) };
  try {
    if (isPreflight(request)) {
      response.writeHead(204, headers).end();
      return;
    }
    const route = routeOf(request, { token, origins });
    const answer = await answerTo(codec, route, await readBody(request));
    response.writeHead(200, { ...headers, 'content-type': 'application/json' }).end(answer);
  } catch (error) {
    const { status, message } = error instanceof CodecRefusal ? error : new CodecRefusal(500, 'It has failed');
    // What was not read of a request would be taken for the next one.
    response.writeHead(status, { ...headers, 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify({ error: message }));
  }
}
