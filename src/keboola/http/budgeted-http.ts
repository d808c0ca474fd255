import type { Heard } from './connection-health.js';
import { KeboolaError } from './keboola-error.js';
import type { KeboolaAnswer, KeboolaRequest, Sender } from './exchange.js';
import type { Priority, RequestBudget } from './request-budget.js';

/** The requests of one connection, within its budget. */
export class BudgetedHttp implements Sender {
  constructor(
    private readonly http: Sender,
    private readonly budget: RequestBudget,
    private readonly hear: (heard: Heard) => void = () => undefined,
  ) {}

  /** @throws BudgetSpent when nothing was sent; KeboolaError. */
  async send(request: KeboolaRequest, priority: Priority = 'read'): Promise<KeboolaAnswer> {
    await this.budget.take(priority);
    return await this.sendReserved(request);
  }

  /** Takes the place of a request that is to follow. @throws BudgetSpent. */
  async reserve(priority: Priority): Promise<void> {
    await this.budget.take(priority);
  }

  /** Sends what has its place already. */
  async sendReserved(request: KeboolaRequest): Promise<KeboolaAnswer> {
    const withToken = request.token !== undefined;
    try {
      const answer = await this.http.send(request);
      this.hear({ withToken });
      return answer;
    } catch (error) {
      // What we give up ourselves says nothing about the other side.
      if (!request.signal?.aborted) this.hear({ error, withToken });
      // One answer speaks for all requests of the connection: the others need not ask to hear the same.
      if (error instanceof KeboolaError && error.facts.retryAfterMs) this.budget.pause(error.facts.retryAfterMs);
      throw error;
    }
  }
}
