import { z } from 'zod';
import { id } from '../../job/text/document-fields.js';
import { ANSWER_MS_MAX } from '../../job/times/requests.js';
import type { Connection } from '../connection/connection.js';
import { decode } from '../http/decode.js';
import type { Sender } from '../http/exchange.js';
import { KeboolaError } from '../http/keboola-error.js';

const Branches = z.array(z.object({ id: z.unknown().optional(), isDefault: z.boolean().catch(false) }));

/** The id of the project's main branch, which each of its jobs shows. It never changes, so it is asked for once. */
export class MainBranch {
  private known: string | undefined;

  constructor(
    private readonly http: Sender,
    private readonly connection: Connection,
  ) {}

  /** @returns undefined if the token may not list branches, or Storage knows none. @throws KeboolaError. */
  async id(): Promise<string | undefined> {
    this.known ??= await this.asked();
    return this.known;
  }

  private async asked(): Promise<string | undefined> {
    const url = new URL('/v2/storage/dev-branches', this.connection.origins.base);
    try {
      const answer = await this.http.send({
        method: 'GET',
        url,
        token: this.connection.token(),
        timeoutMs: ANSWER_MS_MAX,
      });
      return id(decode(Branches, answer.json, 'GET', url).find(({ isDefault }) => isDefault)?.id);
    } catch (error) {
      if (isForbidden(error)) return undefined;
      throw error;
    }
  }
}

function isForbidden(error: unknown): boolean {
  if (!(error instanceof KeboolaError)) return false;
  return error.facts.status === 403 || ['refused', 'not-found', 'protocol'].includes(error.kind);
}
