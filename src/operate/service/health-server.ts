import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mayBeOfPage } from './health-door.js';
import type { Readiness } from './readiness.js';
import { close, listen } from '../listening.js';

export interface HealthAddress {
  /** 0 for any that is free. */
  port: number;
  host: string;
}

export interface HealthServer {
  /** `http://HOST:PORT`. */
  url: string;
  close(): Promise<void>;
}

/** Probes are small; a larger request is not a probe. */
const HEADER_BYTES_MAX = 8_192;
const REQUEST_MS_MAX = 10_000;

/** What the probes ask. */
export interface Looks {
  /** Asks nobody: a worker that only waits for other services must not be restarted. */
  isAlive: () => boolean;
  readiness: () => Promise<Readiness>;
}

/**
 * Answers the probes of an orchestrator: `GET /healthz` with 200 while the process can answer at all and its worker has
 * not failed; `GET /readyz` with 200 while the worker takes up work, and otherwise with 503 and the reasons as JSON.
 * A request that may come from a web page is answered with 403.
 *
 * @throws Error with `syscall` and `code` if it cannot listen.
 */
export async function startHealthServer(
  { port, host }: HealthAddress,
  { isAlive, readiness }: Looks,
): Promise<HealthServer> {
  const server = createServer(
    { maxHeaderSize: HEADER_BYTES_MAX, requestTimeout: REQUEST_MS_MAX },
    (request, response) => {
      request.resume();
      const { url = '', method, headers, socket } = request;
      const [path] = url.split('?');
      const isOfPage = mayBeOfPage(headers, socket.localAddress, host);
      if (isOfPage) answer(response, 403, { problem: 'requests from web pages are refused' });
      else if (method !== 'GET' && method !== 'HEAD') answer(response, 405, { problem: 'GET only' });
      else if (path === '/healthz') answerWhether(response, isAlive());
      else if (path === '/readyz') void answerReadiness(response, readiness);
      else answer(response, 404, { problem: 'see /healthz and /readyz' });
    },
  );
  await listen(server, port, host);
  const { address, port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${taken}`,
    close: () => close(server),
  };
}

function answerWhether(response: ServerResponse, alive: boolean): void {
  answer(response, alive ? 200 : 503, { alive });
}

async function answerReadiness(response: ServerResponse, look: Looks['readiness']): Promise<void> {
  const readiness = await look();
  answer(response, readiness.ready ? 200 : 503, readiness);
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}
