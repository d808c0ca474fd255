import type { KeboolaAnswer, KeboolaRequest, Sender } from '../http/exchange.js';
import { KeboolaError } from '../http/keboola-error.js';
import { steadyMs } from '../http/steady-ms.js';
import type { Tally } from './tally.js';

/** The status of an exchange that we aborted ourselves, so nobody else is to blame. */
export const GIVEN_UP = 'given-up';

interface TalliedOptions {
  connection: string;
  tally: Pick<Tally, 'asked'>;
  routeOf: (path: string) => string;
}

/** Reports every exchange of one connection to the tally. */
export class TalliedSender implements Sender {
  constructor(
    private readonly sender: Sender,
    private readonly options: TalliedOptions,
  ) {}

  async send(request: KeboolaRequest): Promise<KeboolaAnswer> {
    const startedMs = steadyMs();
    const answer = await this.sender.send(request).catch((error: unknown) => {
      this.tell(request, request.signal?.aborted ? GIVEN_UP : statusOf(error), startedMs);
      throw error;
    });
    this.tell(request, String(answer.status), startedMs);
    return answer;
  }

  private tell({ method, url }: KeboolaRequest, status: string, startedMs: number): void {
    const { connection, tally, routeOf } = this.options;
    const durationSeconds = (steadyMs() - startedMs) / 1_000;
    const asked = { connection, method, route: routeOf(url.pathname), status, durationSeconds };
    tally.asked(asked, { host: url.host, path: url.pathname });
  }
}

/** The HTTP status of an error, or the reason why there was no answer. */
export function statusOf(error: unknown): string {
  if (!(error instanceof KeboolaError)) return 'interrupted';
  return error.facts.status === undefined ? error.kind : String(error.facts.status);
}
