import { CancellationScope, type TemporalFailure } from '@temporalio/workflow';
import { leaveRun, type LeftRun } from '../job/life/leave-run.js';
import { asLastWord, continueInNewRun, refuseState, type Attempts } from './continue-as-new.js';
import { isReset } from './is-reset.js';
import type { CarriedAttributes } from './show/carried-attributes.js';
import type { SteadyClock } from './steady-clock.js';

/** What the life of a job and that of a pipeline have in common: how they hear of a cancel, and go on in a new run. */
export abstract class WorkflowLife<Input, State extends Attempts & LeftRun> {
  abstract readonly state: State;
  /** By which all waiting is measured. */
  abstract readonly time: SteadyClock;
  private readonly scope = CancellationScope.current();

  /** @param stateProblem why what was handed on to this run is no state of ours. */
  constructor(
    protected readonly input: Input,
    private readonly stateProblem: string | undefined,
  ) {}

  /** @throws ApplicationFailure `InvalidInput` where what was handed on to this run is no state of ours. */
  checkTakenOver(): void {
    refuseState(this.stateProblem);
  }

  /** How the workflow closes with a failure, by the attempts that are left. */
  lastWord(failed: TemporalFailure): TemporalFailure {
    return asLastWord(failed, this.state);
  }

  /** Whether somebody has asked to cancel the workflow; true also where that must not interrupt anything. */
  get cancelled(): boolean {
    return this.scope.consideredCancelled;
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
