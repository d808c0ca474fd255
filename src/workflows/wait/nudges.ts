import type { LifeState } from '../../job/life-state.js';
import { aboutToLook, askToLook } from '../../job/life/nudges.js';
import { MAY_HAVE_ENDED } from '../../job/messages.js';

/**
 * The nudges that no read has answered yet. After a continue-as-new, nudges left by the previous run count as full
 * ones.
 */
export class Nudges {
  /** None of them says that the job has ended. */
  private areChecks = false;

  constructor(private readonly state: Pick<LifeState, 'nudged'>) {}

  /** @param why the payload of the nudge, which may be anything. */
  hear(why: unknown): void {
    this.areChecks = why === MAY_HAVE_ENDED && (this.areChecks || !this.state.nudged);
    askToLook(this.state);
  }

  /**
   * To be called before the read: a nudge that arrives during the read asks for another one.
   *
   * @returns whether one of them says that the job has ended.
   */
  take(): boolean {
    const sayEnded = this.state.nudged && !this.areChecks;
    aboutToLook(this.state);
    this.areChecks = false;
    return sayEnded;
  }
}
