import { CancellationScope, type TemporalFailure } from '@temporalio/workflow';
import { leaveRun, type LeftRun } from '../job/life/leave-run.js';
import { asLastWord, continueInNewRun, refuseState, type Attempts } from './continue-as-new.js';
import { isReset } from './reset/is-reset.js';
import type { CarriedAttributes } from './show/carried-attributes.js';
import type { SteadyClock } from './steady-clock.js';

/** What the workflows of jobs and of pipelines share: how they hear of a cancel, and how they continue as new. */
export abstract class WorkflowLife<Input, State extends Attempts & LeftRun> {
  abstract readonly state: State;
  /** The clock that measures all waits. */
  abstract readonly time: SteadyClock;
  private readonly scope = CancellationScope.current();

  /** @param stateProblem why the state handed on to this run cannot be one of ours. */
  constructor(
    protected readonly input: Input,
    private readonly stateProblem: string | undefined,
  ) {}

  /** @throws ApplicationFailure `InvalidInput` if the state handed on to this run cannot be one of ours. */
  checkTakenOver(): void {
    refuseState(this.stateProblem);
  }

  /** The failure that the workflow closes with, given the attempts that are left. */
  lastWord(failed: TemporalFailure): TemporalFailure {
    return asLastWord(failed, this.state);
  }

  /** Whether somebody has asked to cancel the workflow; true even where that must not interrupt anything. */
  get cancelled(): boolean {
    return this.scope.consideredCancelled;
  }

  /**
   * Waits for work, but only until a cancel; the work then goes on, and nobody waits for it.
   *
   * @throws the cancellation of the workflow, at once.
   */
  async unlessCancelled<T>(work: Promise<T>): Promise<T> {
    return await Promise.race([work, this.scope.cancelRequested]);
  }

  /** Throws the cancellation of the workflow, once there is one. */
  async rethrowCancellation(): Promise<void> {
    if (this.cancelled) await this.scope.cancelRequested;
  }

  /** Starts the next run with the state of this one; does not return. */
  protected async goOnInNewRun(carried: CarriedAttributes): Promise<never> {
    leaveRun(this.state, this.time.now(), isReset());
    return await continueInNewRun(this.input, this.state, carried);
  }
}
