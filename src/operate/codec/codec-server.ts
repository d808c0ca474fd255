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
  /** Every request has to carry it. */
  token: string;
  /** Origins of the pages that may ask from a browser: `https://cloud.temporal.io`. */
  origins: readonly string[];
}

export interface CodecServer {
  /** `http://HOST:PORT`. */
  url: string;
  close(): Promise<void>;
}

/** A page sends several requests at a time, and each may have the largest body. */
const CONNECTIONS_MAX = 64;
const HEADER_BYTES_MAX = 16_384;
const REQUEST_MS_MAX = 30_000;

/**
 * Decrypts and encrypts for clients that know the token: Temporal's Web UI and its command line send payloads as JSON
 * to `POST /decode` and `/encode`. A browser has no place for a token of ours, so it may also be the first part of the
 * path.
 *
 * @throws Error with `syscall` and `code` if it cannot listen.
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
    // The unread part of a request would be taken for the next request.
    response.writeHead(status, { ...headers, 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify({ error: message }));
  }
}
