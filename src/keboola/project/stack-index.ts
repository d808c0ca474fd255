import { z } from 'zod';
import { asList } from '../../job/text/document-fields.js';
import { ANSWER_MS_MAX } from '../../job/times/requests.js';
import type { Connection } from '../connection/connection.js';
import type { Sender } from '../http/exchange.js';
import { decode } from '../http/decode.js';

const IndexDocument = z.object({ services: z.preprocess(asList, z.array(z.looseObject({}).catch({})).nullish()) });
const NeededService = z.object({ url: z.string() });

/** The services that the index names; whether the token may go to their addresses is not checked yet. */
export interface NamedServices {
  jobs?: string;
  /** Present if the index names it, perhaps without an address. */
  actions?: { url?: string };
}

/**
 * Asks the stack's index where some services are; the index may lack them. Entries of other services are not validated,
 * and neither is that of the action service, since jobs run without it.
 *
 * Source: keboola/storage-api-php-client `apiary.apib`, `GET /v2/storage`; it needs no token, so we send none.
 *
 * @param wanted the ids of the services in the index.
 * @throws KeboolaError, of kind `protocol` if the job service has no address.
 */
export async function readStackIndex(
  http: Sender,
  connection: Connection,
  wanted: { jobs: string; actions: string },
): Promise<NamedServices> {
  const url = new URL('/v2/storage?exclude=components', connection.origins.base);
  const answer = await http.send({ method: 'GET', url, timeoutMs: ANSWER_MS_MAX });
  const services = decode(IndexDocument, answer.json, 'GET', url).services ?? [];
  const [jobs, actions] = [wanted.jobs, wanted.actions].map((name) => services.find(({ id }) => id === name));
  return {
    ...(jobs && { jobs: decode(NeededService, jobs, 'GET', url).url }),
    ...(actions && { actions: typeof actions['url'] === 'string' ? { url: actions['url'] } : {} }),
  };
}
