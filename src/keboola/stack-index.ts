import { z } from 'zod';
import { QueueV2Project } from './errors.js';
import type { Connection } from './connection.js';
import type { Sender } from './exchange.js';
import { decode } from './decode.js';

const TIMEOUT_MS = 30_000;

const IndexDocument = z.object({
  services: z.array(z.object({ id: z.string(), url: z.string() })).default([]),
});

/**
 * Asks the stack's index where Syrup lives.
 *
 * Source: keboola/storage-api-php-client `apiary.apib`, `GET /v2/storage`; it needs no token, so none is sent.
 *
 * @throws SettingsError when the index names a host outside of the stack, QueueV2Project when it has no Syrup.
 */
export async function findSyrup(http: Sender, connection: Connection): Promise<URL> {
  const url = new URL('/v2/storage?exclude=components', connection.origins.base);
  const answer = await http.send({ method: 'GET', url, timeoutMs: TIMEOUT_MS });
  const { services } = decode(IndexDocument, answer.json, 'GET', url);
  const syrup = services.find(({ id }) => id === 'syrup');
  if (!syrup) throw new QueueV2Project(connection.name, 'its stack has no Syrup service');
  return connection.origins.accept(syrup.url);
}
