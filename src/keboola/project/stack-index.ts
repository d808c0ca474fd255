import { z } from 'zod';
import { asList } from '../../job/text/document-fields.js';
import { ANSWER_MS_MAX } from '../../job/times/requests.js';
import type { Connection } from '../connection/connection.js';
import type { Sender } from '../http/exchange.js';
import { decode } from '../http/decode.js';

const IndexDocument = z.object({ services: z.preprocess(asList, z.array(z.looseObject({}).catch({})).nullish()) });
const NeededService = z.object({ url: z.string() });

/** What the index says of the services of a project; not yet addresses that may see the token. */
export interface NamedServices {
  jobs?: string;
  /** Named, but perhaps without an address. */
  actions?: { url?: string };
}

/**
 * Asks the stack's index where some services are; it may lack them. What it says of others may be anything, and so may what
 * it says of the one for actions, without which jobs run all the same.
 *
 * Source: keboola/storage-api-php-client `apiary.apib`, `GET /v2/storage`; it needs no token, so none is sent.
 *
 * @param wanted what the services are called there.
 * @throws KeboolaError, of kind `protocol` where the one for jobs has no address.
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
