import { CancellationScope, sleep } from '@temporalio/workflow';
import type { LifeState } from '../../job/life-state.js';
import { deadlineOf } from '../../job/wait/budgets.js';
import type { SteadyClock } from '../steady-clock.js';
import type { StormGauge } from './storm-gauge.js';

/** What may end a rest early. */
type Waker = 'nudge' | 'timeouts';

/** The wait that rests. */
interface Resting {
  state: Pick<LifeState, 'budgets'>;
  time: SteadyClock;
  storm: StormGauge;
}

interface Rest {
  /** What wakes it up. */
  wakers: readonly Waker[];
  /** Asked at first and after each wake-up: whether there is no reason left to rest. */
  isOver?: () => boolean;
  /** The summary of the timer. */
  summary: string;
}

/**
 * The rests of a wait, which end early when the wait has something to hear. With each rest, the storm of signals is
 * counted anew.
 *
 * All rests share one scope until one is ended early: the SDK traces every promise, and links the scope of the workflow
 * to each one below it. So a rest makes a fifth of the promises of a `condition` with a timeout, and leaves no scope
 * behind.
 */
export class Rests {
  private readonly around = CancellationScope.current();
  private scope = this.newScope();
  private wakers: readonly Waker[] = [];

  constructor(private readonly life: Resting) {}

  /**
   * Rests until something is due, or until the job's time is up; that limit may change meanwhile.
   *
   * @throws the cancellation of the scope in which this object was made.
   */
  async until(dueMs: number, { wakers, isOver, summary }: Rest): Promise<void> {
    const { state, storm, time } = this.life;
    storm.begin();
    // Bounded by `dueMs`; after an early wake-up it only checks again what may end it.
    for (;;) {
      const untilMs = Math.min(dueMs, deadlineOf(state.budgets)?.atMs ?? dueMs);
      const leftMs = untilMs - time.now();
      if (leftMs <= 0 || isOver?.()) return;
      const { scope } = this;
      this.wakers = wakers;
      try {
        await scope.run(() => sleep(leftMs, { summary }));
        time.reach(untilMs);
      } catch (error) {
        const isWoken = scope !== this.scope;
        if (!isWoken) throw error;
      } finally {
        this.wakers = [];
      }
    }
  }

  /** Ends the current rest if it listens to this waker; otherwise does nothing. */
  wake(waker: Waker): void {
    if (!this.wakers.includes(waker)) return;
    this.wakers = [];
    const { scope } = this;
    this.scope = this.newScope();
    scope.cancel();
  }

  private newScope(): CancellationScope {
    return new LeanScope(this.around);
  }
}

/** A scope without a timeout, so it needs none of the promises with which the SDK watches one. */
class LeanScope extends CancellationScope {
  constructor(parent: CancellationScope) {
    super({ cancellable: true, parent });
  }

  protected override runInContext<T>(fn: () => Promise<T>): Promise<T> {
    return fn();
  }
}
