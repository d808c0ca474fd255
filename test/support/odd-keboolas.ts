import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Reply } from './raw-server.js';
import { replies } from './replies.js';

/** A Keboola that answers everything in the same wrong way, and counts how often it was asked. */
export interface OddKeboola {
  url: string;
  requests: number;
  server: Server;
}

export async function startOddKeboola(reply: Reply): Promise<OddKeboola> {
  const one: OddKeboola = {
    url: '',
    requests: 0,
    server: createServer((request, response) => {
      one.requests += 1;
      reply(response, { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: '' });
    }),
  };
  await new Promise<void>((listening) => one.server.listen(0, '127.0.0.1', listening));
  one.url = `http://127.0.0.1:${(one.server.address() as AddressInfo).port}`;
  return one;
}

/** A stack that is well but for what its index names. */
export function stackWith(
  owner: { id: number; features: string[] },
  components: { id: string; uri: string }[],
  services: { id: string; url: string }[],
): Reply {
  return (response, request) => {
    const known: Record<string, unknown> = {
      '/v2/storage/tokens/verify': { owner: { ...owner, name: 'Tutorial' } },
      '/v2/storage/components': components,
    };
    replies.json(200, known[request.path] ?? { services })(response, request);
  };
}
