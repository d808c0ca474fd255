import { PRIORITIES, type Priority } from './priority.js';
import { Rests } from './rests.js';
import { steadyMs } from './steady-ms.js';

export interface BudgetSettings {
  /** The rate in the long run. */
  requestsPerSecond: number;
  /** Requests that may go out at once after a rest. */
  burst: number;
}

/** Nothing was sent: our own request budget is used up for the moment, or Keboola asked for a rest (Retry-After). */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent';

  constructor(
    readonly deferredMs: number,
    restReason?: string,
  ) {
    const duration = `${(deferredMs / 1_000).toFixed(1)} s`;
    super(
      restReason === undefined
        ? `the request budget of this connection is used up for ${duration}`
        : `Keboola asked us to wait (Retry-After), another ${duration}: ${restReason}`,
    );
  }
}

/** Far above what a few hundred waiting jobs need, and low enough that a runaway worker is not an attack. */
export const DEFAULT_REQUESTS_PER_SECOND = 100;
/**
 * No request queues longer: the workflow sleeps instead, which frees the worker's slot. It is less than the 700 ms that
 * a local activity has, so that our own queue is not mistaken for a slow Keboola.
 */
export const WAIT_MS_MAX = 500;
/** A deferred request does not come back sooner than this. */
const DEFERRED_MS_MIN = 1_000;
/** Beyond this length of the queue, requests are deferred at once. */
const LINE_MAX = 10_000;
/** Jitter, so that deferred requests do not all come back at the same moment. */
const SPREAD = 0.5;
const SPREAD_MS_MAX = 10_000;

interface Waiting {
  since: number;
  go: () => void;
  giveUp: (error: BudgetSpent) => void;
}

/**
 * A token bucket for the requests of one connection. Stops go before creations, creations before searches, searches
 * before reads. Within one kind it is first in, first out, so no workflow starves another.
 */
export class RequestBudget {
  private tokens: number;
  private filledAtMs: number;
  private readonly rests: Rests;
  private readonly lines: Record<Priority, Waiting[]> = { stop: [], create: [], search: [], read: [] };
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly settings: BudgetSettings,
    private readonly now: () => number = steadyMs,
    private readonly random: () => number = Math.random,
  ) {
    this.tokens = settings.burst;
    this.filledAtMs = now();
    this.rests = new Rests(now);
  }

  /** Resolves when one request may be sent. @throws BudgetSpent if that would take more than half a second. */
  async take(priority: Priority): Promise<void> {
    this.fill();
    const ahead = this.aheadOf(priority);
    if (ahead === 0 && this.tokens >= 1 && !this.rests.of(priority)) {
      this.tokens -= 1;
      return;
    }
    const waitMs = this.waitMs(priority, ahead);
    if (waitMs > WAIT_MS_MAX || ahead >= LINE_MAX) throw this.spent(waitMs, priority);
    await new Promise<void>((go, giveUp) => {
      this.lines[priority].push({ since: this.now(), go, giveUp });
      this.schedule();
    });
  }

  /**
   * Notes that Keboola has asked for a rest.
   *
   * @param from what to rest from: if no job may be created for an hour, jobs may still be read.
   * @param reason the answer that asked for it.
   */
  rest(from: 'creations' | 'all', durationMs: number, reason: string): void {
    this.rests.ask(from === 'all' ? ['create', 'search', 'read'] : ['create'], durationMs, reason);
  }

  private fill(): void {
    const nowMs = this.now();
    // A clock that is set back must not take tokens away.
    const passedMs = Math.max(0, nowMs - this.filledAtMs);
    this.tokens = Math.min(this.settings.burst, this.tokens + (passedMs / 1_000) * this.settings.requestsPerSecond);
    this.filledAtMs = nowMs;
  }

  private aheadOf(priority: Priority): number {
    const upTo = PRIORITIES.indexOf(priority) + 1;
    return PRIORITIES.slice(0, upTo).reduce((sum, one) => sum + this.lines[one].length, 0);
  }

  private waitMs(priority: Priority, ahead: number): number {
    const restMs = this.rests.of(priority)?.leftMs ?? 0;
    const missing = Math.max(0, ahead + 1 - this.tokens);
    return Math.max(restMs, (missing / this.settings.requestsPerSecond) * 1_000);
  }

  private spent(waitMs: number, priority: Priority): BudgetSpent {
    const leastMs = Math.max(DEFERRED_MS_MIN, waitMs);
    const spreadMs = Math.min(SPREAD_MS_MAX, SPREAD * leastMs) * this.random();
    return new BudgetSpent(Math.ceil(leastMs + spreadMs), this.rests.of(priority)?.reason);
  }

  private schedule(): void {
    if (this.timer) return;
    const missing = Math.max(0, 1 - this.tokens);
    const delayMs = Math.max(1, Math.ceil((missing / this.settings.requestsPerSecond) * 1_000));
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.serve();
    }, delayMs);
  }

  private serve(): void {
    this.fill();
    this.dismiss();
    for (const priority of PRIORITIES) {
      const line = this.lines[priority];
      while (line.length > 0 && this.tokens >= 1 && !this.rests.of(priority)) {
        this.tokens -= 1;
        line.shift()?.go();
      }
    }
    if (PRIORITIES.some((priority) => this.lines[priority].length > 0)) this.schedule();
  }

  /** Gives up on requests that waited too long, because stops have overtaken them. */
  private dismiss(): void {
    for (const priority of PRIORITIES) {
      const line = this.lines[priority];
      while (line[0] && this.now() - line[0].since > WAIT_MS_MAX) {
        line.shift()?.giveUp(this.spent(DEFERRED_MS_MIN, priority));
      }
    }
  }
}
