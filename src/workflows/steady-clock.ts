import { condition, sleep, type TimerOptions } from '@temporalio/workflow';

/**
 * The clock of a wait. It follows Temporal's clock, which may be set back while a timer runs. When a timer fires, this
 * clock still moves on to the time that was due, so that no wait becomes longer than it was meant to be. It never goes
 * back, and never runs ahead of a clock that is set right again.
 */
export class SteadyClock {
  /** @param latestMs the latest time that the run before has seen, epoch milliseconds. */
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

  /** Sleeps until the condition holds, or until the delay is over. */
  async sleepUnless(holds: () => boolean, delayMs: number, options: TimerOptions): Promise<void> {
    const dueMs = this.now() + delayMs;
    if (!(await condition(holds, delayMs, options))) this.reach(dueMs);
  }

  /** A timer that was due at this time has fired. */
  reach(dueMs: number): void {
    this.latestMs = Math.max(this.latestMs, dueMs);
  }
}
