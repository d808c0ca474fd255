import { z } from 'zod';
import { utcTime } from '../http/keboola-time.js';
import type { LogLine } from '../../job/questions.js';
import type { Connection } from '../connection/connection.js';
import { decode } from '../http/decode.js';
import type { Sender } from '../http/exchange.js';
import { cut } from '../../job/text/well-formed.js';
import { ANSWER_MS_MAX } from '../../job/times/requests.js';

const MESSAGE_LENGTH_MAX = 1_000;

const text = z.string().catch('');

const EventDocument = z.object({
  created: z.unknown().optional(),
  type: text,
  component: text,
  message: text,
  runId: z.union([z.string(), z.number()]).nullish().catch(undefined),
});
const EventList = z.array(EventDocument).max(10_000);

/**
 * The latest events of a run and of all runs below it, oldest first (`GET /v2/storage/events?runId=…`).
 *
 * Keboola answers newest first, and its index lags by about a second. The filter matches a dotted RunId and all of its
 * descendants (keboola/storage-api-php-client `RunIdTest`).
 *
 * @throws KeboolaError.
 */
export async function listEvents(
  http: Sender,
  connection: Connection,
  runId: string,
  limit: number,
): Promise<LogLine[]> {
  const url = new URL('/v2/storage/events', connection.origins.base);
  url.searchParams.set('runId', runId);
  url.searchParams.set('limit', String(limit));
  const answer = await http.send({ method: 'GET', url, token: connection.token(), timeoutMs: ANSWER_MS_MAX });
  return decode(EventList, answer.json, 'GET', url).slice(0, limit).map(lineOf).reverse();
}

function lineOf({ created, type, component, message, runId }: z.output<typeof EventDocument>): LogLine {
  return {
    time: utcTime(created) ?? '',
    type,
    component,
    message: cut(message, MESSAGE_LENGTH_MAX),
    ...(runId !== undefined && runId !== null && { runId: String(runId) }),
  };
}
