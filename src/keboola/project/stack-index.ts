import { z } from 'zod';
import { QueueV2Project } from './queue-v2-project.js';
import type { Connection } from '../connection/connection.js';
import type { Sender } from '../http/exchange.js';
import { decode } from '../http/decode.js';

const TIMEOUT_MS = 30_000;

const IndexDocument = z.object({
  services: z.array(z.object({ id: z.string(), url: z.string() })).default([]),
});

/** Where the services of a stack are. */
export interface Services {
  /** Syrup: the applications and the queue. */
  syrup: URL;
  /** Synchronous actions; Syrup itself where the stack has no service of their own. */
  actions: URL;
}

/**
 * Asks the stack's index where Syrup lives.
 *
 * Source: keboola/storage-api-php-client `apiary.apib`, `GET /v2/storage`; it needs no token, so none is sent.
 *
 * @throws SettingsError when the index names a host outside of the stack, QueueV2Project when it has no Syrup.
 */
export async function findServices(http: Sender, connection: Connection): Promise<Services> {
  const url = new URL('/v2/storage?exclude=components', connection.origins.base);
  const answer = await http.send({ method: 'GET', url, timeoutMs: TIMEOUT_MS });
  const { services } = decode(IndexDocument, answer.json, 'GET', url);
  const find = (wanted: string): string | undefined => services.find(({ id }) => id === wanted)?.url;
  const syrup = find('syrup');
  if (syrup === undefined) throw new QueueV2Project(connection.name, 'its stack has no Syrup service');
  return {
    syrup: connection.origins.accept(syrup),
    actions: connection.origins.accept(find('docker-runner') ?? syrup),
  };
}
