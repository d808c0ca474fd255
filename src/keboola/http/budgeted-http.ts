import type { Heard } from './connection-health.js';
import { KeboolaError } from './keboola-error.js';
import type { KeboolaAnswer, KeboolaRequest, Sender } from './exchange.js';
import type { Priority } from './priority.js';
import type { RequestBudget } from './request-budget.js';
import { isUrgent } from './urgently.js';

/** The requests of one connection, within its budget. */
export class BudgetedHttp implements Sender {
  constructor(
    private readonly http: Sender,
    private readonly budget: RequestBudget,
    private readonly hear: (heard: Heard) => void = () => undefined,
  ) {}

  /** @throws BudgetSpent when nothing was sent; KeboolaError. */
  async send(request: KeboolaRequest, priority: Priority = 'read'): Promise<KeboolaAnswer> {
    await this.budget.take(isUrgent() ? 'stop' : priority);
    return await this.exchange(request, priority);
  }

  /** Takes the place of a creation that is to follow. @throws BudgetSpent. */
  async reserveCreation(): Promise<void> {
    await this.budget.take('create');
  }

  /** Sends the creation that has its place already. @throws KeboolaError. */
  async sendCreation(request: KeboolaRequest): Promise<KeboolaAnswer> {
    return await this.exchange(request, 'create');
  }

  private async exchange(request: KeboolaRequest, priority: Priority): Promise<KeboolaAnswer> {
    const withToken = request.token !== undefined;
    try {
      const answer = await this.http.send(request);
      this.hear({ withToken });
      return answer;
    } catch (error) {
      // What we give up ourselves says nothing about the other side.
      if (!request.signal?.aborted) this.hear({ error, withToken });
      if (error instanceof KeboolaError) this.restAsAsked(error, priority);
      throw error;
    }
  }

  /** One answer speaks for all requests of the connection: the others need not ask to hear the same. */
  private restAsAsked({ facts, message }: KeboolaError, priority: Priority): void {
    if (!facts.retryAfterMs) return;
    const ofCreations = facts.kind === 'throttled' && priority === 'create';
    this.budget.rest(ofCreations ? 'creations' : 'all', facts.retryAfterMs, message);
  }
}
