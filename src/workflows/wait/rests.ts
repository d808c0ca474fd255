import { CancellationScope, sleep, type TimerOptions } from '@temporalio/workflow';
import type { SteadyClock } from '../steady-clock.js';

/** What may end a rest early. */
type Waker = 'nudge' | 'timeouts';

/**
 * The rests of a wait, which end early when there is something to hear.
 *
 * One scope serves all of them until one is ended early: the SDK traces every promise, and links the scope of the workflow
 * to each one below it. So a rest makes a fifth of the promises of a `condition` with a timeout, and leaves no scope behind.
 */
export class Rests {
  private readonly around = CancellationScope.current();
  private scope = this.newScope();
  private wakers: readonly Waker[] = [];

  constructor(private readonly time: SteadyClock) {}

  /**
   * Rests until the delay is over or one of the wakers is heard.
   *
   * @throws the cancellation of the scope that this was made in.
   */
  async rest(delayMs: number, wakers: readonly Waker[], options: TimerOptions): Promise<void> {
    const { scope } = this;
    const dueMs = this.time.now() + delayMs;
    this.wakers = wakers;
    try {
      await scope.run(() => sleep(delayMs, options));
      this.time.reach(dueMs);
    } catch (error) {
      const isWoken = scope !== this.scope;
      if (!isWoken) throw error;
    } finally {
      this.wakers = [];
    }
  }

  /** Ends the rest that waits for this; otherwise it does nothing. */
  wake(waker: Waker): void {
    if (!this.wakers.includes(waker)) return;
    this.wakers = [];
    const { scope } = this;
    this.scope = this.newScope();
    scope.cancel();
  }

  private newScope(): CancellationScope {
    return new CancellationScope({ cancellable: true, parent: this.around });
  }
}
