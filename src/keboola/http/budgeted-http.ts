import type { Heard } from './connection-health.js';
import { KeboolaError } from './keboola-error.js';
import type { KeboolaAnswer, KeboolaRequest, Sender } from './exchange.js';
import type { Priority } from './priority.js';
import { BudgetSpent, type RequestBudget } from './request-budget.js';
import { isUrgent } from './urgently.js';

interface Listeners {
  /** Is told how every exchange ended. */
  hear?: (heard: Heard) => void;
  /** Is called when the budget has no room for a request, so nothing was sent. */
  onDeferred?: () => void;
}

/** Sends the requests of one connection within its budget. */
export class BudgetedHttp implements Sender {
  constructor(
    private readonly http: Sender,
    private readonly budget: RequestBudget,
    private readonly listeners: Listeners = {},
  ) {}

  /** @throws BudgetSpent if nothing was sent; KeboolaError. */
  async send(request: KeboolaRequest, priority: Priority = 'read'): Promise<KeboolaAnswer> {
    await this.place(isUrgent() ? 'stop' : priority);
    return await this.exchange(request, priority);
  }

  /** Takes room in the budget for a creation that follows. @throws BudgetSpent. */
  async reserveCreation(): Promise<void> {
    await this.place('create');
  }

  /** Sends a creation for which room was reserved. @throws KeboolaError. */
  async sendCreation(request: KeboolaRequest): Promise<KeboolaAnswer> {
    return await this.exchange(request, 'create');
  }

  private async place(priority: Priority): Promise<void> {
    try {
      await this.budget.take(priority);
    } catch (error) {
      if (error instanceof BudgetSpent) this.listeners.onDeferred?.();
      throw error;
    }
  }

  private async exchange(request: KeboolaRequest, priority: Priority): Promise<KeboolaAnswer> {
    const withToken = request.token !== undefined;
    try {
      const answer = await this.http.send(request);
      this.listeners.hear?.({ withToken });
      return answer;
    } catch (error) {
      // A request that we aborted ourselves says nothing about the other side.
      if (!request.signal?.aborted) this.listeners.hear?.({ error, withToken });
      if (error instanceof KeboolaError) this.restAsAsked(error, priority);
      throw error;
    }
  }

  /** One Retry-After holds for all requests of the connection; the others need not ask to be told the same. */
  private restAsAsked({ facts, message }: KeboolaError, priority: Priority): void {
    if (!facts.retryAfterMs) return;
    const ofCreations = facts.kind === 'throttled' && priority === 'create';
    this.budget.rest(ofCreations ? 'creations' : 'all', facts.retryAfterMs, message);
  }
}
