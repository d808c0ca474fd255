import { steadyMs } from './steady-ms.js';

/** What a request is for; the first of these goes first. */
export const PRIORITIES = ['kill', 'create', 'search', 'read'] as const;
export type Priority = (typeof PRIORITIES)[number];

export interface BudgetSettings {
  /** In the long run. */
  requestsPerSecond: number;
  /** After a rest. */
  burst: number;
}

/** Nothing was asked of Keboola: our own budget of requests is used up for the moment. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent';

  constructor(readonly deferredMs: number) {
    super(`the request budget of this connection is used up for ${(deferredMs / 1_000).toFixed(1)} s`);
  }
}

/** Far above what a few hundred waiting jobs need, and low enough that a runaway is no attack. */
export const DEFAULT_REQUESTS_PER_SECOND = 100;
/** Nobody stands in line longer: the workflow sleeps instead, and the worker's slot is free meanwhile. */
export const WAIT_MS_MAX = 1_000;
/** Longer lines than this are not kept; who comes then is deferred at once. */
const LINE_MAX = 10_000;
const PAUSE_MS_MAX = 5 * 60_000;
/** Those who are deferred must not all come back in the same moment. */
const SPREAD = 0.5;

interface Waiting {
  since: number;
  go: () => void;
  giveUp: (error: BudgetSpent) => void;
}

/**
 * A token bucket for the requests of one connection. Kills go before creations, creations before searches and reads;
 * within one kind the first to come is the first to go, so that no workflow starves another.
 */
export class RequestBudget {
  private tokens: number;
  private filledAtMs: number;
  private pausedUntilMs = 0;
  private readonly lines: Record<Priority, Waiting[]> = { kill: [], create: [], search: [], read: [] };
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly settings: BudgetSettings,
    private readonly now: () => number = steadyMs,
    private readonly random: () => number = Math.random,
  ) {
    this.tokens = settings.burst;
    this.filledAtMs = now();
  }

  /** Resolves when one request may be made. @throws BudgetSpent when that would take more than a second. */
  async take(priority: Priority): Promise<void> {
    this.fill();
    const ahead = this.aheadOf(priority);
    if (ahead === 0 && this.tokens >= 1 && !this.isPaused(priority)) {
      this.tokens -= 1;
      return;
    }
    const waitMs = this.waitMs(priority, ahead);
    if (waitMs > WAIT_MS_MAX || ahead >= LINE_MAX) throw this.spent(waitMs);
    await new Promise<void>((go, giveUp) => {
      this.lines[priority].push({ since: this.now(), go, giveUp });
      this.schedule();
    });
  }

  /** Keboola has asked for a rest. Kills go on: nothing may run longer than somebody wants it to. */
  pause(durationMs: number): void {
    this.pausedUntilMs = Math.max(this.pausedUntilMs, this.now() + Math.min(PAUSE_MS_MAX, durationMs));
  }

  private fill(): void {
    const nowMs = this.now();
    // A clock that is set back must not take away what was there.
    const passedMs = Math.max(0, nowMs - this.filledAtMs);
    this.tokens = Math.min(this.settings.burst, this.tokens + (passedMs / 1_000) * this.settings.requestsPerSecond);
    this.filledAtMs = nowMs;
  }

  private isPaused(priority: Priority): boolean {
    return priority !== 'kill' && this.now() < this.pausedUntilMs;
  }

  private aheadOf(priority: Priority): number {
    const upTo = PRIORITIES.indexOf(priority) + 1;
    return PRIORITIES.slice(0, upTo).reduce((sum, one) => sum + this.lines[one].length, 0);
  }

  private waitMs(priority: Priority, ahead: number): number {
    const pauseMs = this.isPaused(priority) ? this.pausedUntilMs - this.now() : 0;
    const missing = Math.max(0, ahead + 1 - this.tokens);
    return Math.max(pauseMs, (missing / this.settings.requestsPerSecond) * 1_000);
  }

  private spent(waitMs: number): BudgetSpent {
    return new BudgetSpent(Math.ceil(Math.max(WAIT_MS_MAX, waitMs) * (1 + SPREAD * this.random())));
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
      while (line.length > 0 && this.tokens >= 1 && !this.isPaused(priority)) {
        this.tokens -= 1;
        line.shift()?.go();
      }
    }
    if (PRIORITIES.some((priority) => this.lines[priority].length > 0)) this.schedule();
  }

  /** Kills may have pushed in front of those who were promised a place within a second. */
  private dismiss(): void {
    for (const priority of PRIORITIES) {
      const line = this.lines[priority];
      while (line[0] && this.now() - line[0].since > WAIT_MS_MAX) line.shift()?.giveUp(this.spent(WAIT_MS_MAX));
    }
  }
}
