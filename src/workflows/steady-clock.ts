import { condition, sleep, type TimerOptions } from '@temporalio/workflow';

/**
 * The time of a wait. Temporal's clock tells it, and may be set back while a timer runs; what a timer has waited for has
 * passed all the same, so that no wait becomes longer than it was meant to be. It never goes back, and is never ahead of a
 * clock that is set right again.
 */
export class SteadyClock {
  /** @param latestMs what the run before has seen it show, epoch milliseconds. */
  constructor(private latestMs = 0) {}

  /** Epoch milliseconds. */
  now(): number {
    this.latestMs = Math.max(this.latestMs, Date.now());
    return this.latestMs;
  }

  async sleep(delayMs: number, options: TimerOptions): Promise<void> {
    const dueMs = this.now() + delayMs;
    await sleep(delayMs, options);
    this.reach(dueMs);
  }

  /** Rests until the condition holds, or until the delay is over. */
  async sleepUnless(holds: () => boolean, delayMs: number, options: TimerOptions): Promise<void> {
    const dueMs = this.now() + delayMs;
    if (!(await condition(holds, delayMs, options))) this.reach(dueMs);
  }

  /** A timer that was due then has fired. */
  reach(dueMs: number): void {
    this.latestMs = Math.max(this.latestMs, dueMs);
  }
}
