import { onTestFinished } from 'vitest';
import { Connections } from '../../src/keboola/connections.js';
import type { Keboola } from '../../src/keboola/keboola.js';
import { startRawServer, type RawServer, type Reply } from './raw-server.js';
import { replies } from './replies.js';

/** The part of a stack that a test does not care about; every answer can be replaced. */
export interface StackScript {
  /** Address in the index; default: the server itself. */
  serviceUrl?: string;
  /** What is called so there. Default `syrup`. */
  service?: string;
  /** Addresses of components by id, as the index names them. */
  componentUris?: Record<string, string>;
  /** Replies by method and path, for example `POST /docker/c/run`, with or without the query. */
  routes?: Record<string, Reply>;
  token?: string;
}

export const STACK_TOKEN = '1134-53044-secretsecretsecret';

/** A scripted Storage and Syrup on one origin, with our client connected to it. */
export async function startFakeStack(script: StackScript = {}): Promise<RawServer & { keboola: Keboola }> {
  const server = await startRawServer((response, request) => {
    const [path = ''] = request.path.split('?');
    const route = script.routes?.[`${request.method} ${request.path}`] ?? script.routes?.[`${request.method} ${path}`];
    const reply = route ?? standard(script, server.url)[path] ?? replies.json(404, { error: 'Route not found' });
    reply(response, request);
  });
  return { ...server, keboola: connect(server.url, script.token ?? STACK_TOKEN) };
}

/** The same of a project on Queue v2 whose stack has no service for synchronous actions. */
export async function startQueueWithoutActions(
  routes: Record<string, Reply> = {},
): Promise<RawServer & { keboola: Keboola }> {
  const owner = { id: 5555, name: 'Queue', features: ['queuev2'] };
  return await startFakeStack({
    service: 'queue',
    routes: { 'GET /v2/storage/tokens/verify': replies.json(200, { owner }), ...routes },
  });
}

/** Our client on an address, closed when the test ends. */
export function connect(url: string, token: string): Keboola {
  const connections = new Connections([{ name: 'default', url, token: () => token }]);
  onTestFinished(() => connections.close());
  return connections.get('default');
}

function standard({ serviceUrl, service, componentUris }: StackScript, url: string): Record<string, Reply> {
  const components = Object.entries(componentUris ?? { 'keboola.ex-http': `${url}/docker/keboola.ex-http` });
  return {
    '/v2/storage': replies.json(200, { services: [{ id: service ?? 'syrup', url: serviceUrl ?? url }] }),
    '/v2/storage/tokens/verify': replies.json(200, { owner: { id: 1134, name: 'Tutorial', features: [] } }),
    '/v2/storage/components': replies.json(
      200,
      components.map(([id, uri]) => ({ id, uri })),
    ),
  };
}
