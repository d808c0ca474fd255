import { z } from 'zod';
import { ANSWER_MS_MAX } from '../../job/times/requests.js';
import type { Connection } from '../connection/connection.js';
import { decode } from '../http/decode.js';
import type { Sender } from '../http/exchange.js';
import { AnsweredJobId } from '../jobs/job-documents.js';

const Ticket = z.object({ id: AnsweredJobId });

/** Draws an id from the sequence of job ids (`POST /v2/storage/tickets`); ids only grow. @throws KeboolaError. */
export async function drawTicket(http: Sender, connection: Connection): Promise<string> {
  const url = new URL('/v2/storage/tickets', connection.origins.base);
  const answer = await http.send({ method: 'POST', url, token: connection.token(), timeoutMs: ANSWER_MS_MAX });
  return decode(Ticket, answer.json, 'POST', url).id;
}

/** The id of a Storage token, which is part of the token: `project-id-secret`. */
export function tokenIdOf(token: string): string | undefined {
  return /^\d+-(\d+)-/.exec(token)?.[1];
}
