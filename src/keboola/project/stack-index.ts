import { z } from 'zod';
import type { Connection } from '../connection/connection.js';
import type { Sender } from '../http/exchange.js';
import { decode } from '../http/decode.js';

const TIMEOUT_MS = 30_000;

const IndexDocument = z.object({ services: z.array(z.looseObject({}).catch({})).nullish() });
const ServiceList = z.array(z.object({ id: z.string(), url: z.string() }));

/** A service of a stack, where its index says that it is; not yet an address that may see the token. */
export interface NamedService {
  id: string;
  url: string;
}

/**
 * Asks the stack's index where some services are; it may lack them. What it says of others may be anything.
 *
 * Source: keboola/storage-api-php-client `apiary.apib`, `GET /v2/storage`; it needs no token, so none is sent.
 */
export async function readStackIndex(
  http: Sender,
  connection: Connection,
  wanted: readonly string[],
): Promise<NamedService[]> {
  const url = new URL('/v2/storage?exclude=components', connection.origins.base);
  const answer = await http.send({ method: 'GET', url, timeoutMs: TIMEOUT_MS });
  const { services } = decode(IndexDocument, answer.json, 'GET', url);
  const found = (services ?? []).filter(({ id }) => typeof id === 'string' && wanted.includes(id));
  return decode(ServiceList, found, 'GET', url);
}
