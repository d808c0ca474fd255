import type { LifeState } from '../../job/life-state.js';
import { aboutToLook, askToLook } from '../../job/life/nudges.js';
import { MAY_HAVE_ENDED } from '../../job/messages.js';

/** The nudges that no read has answered yet. A run that goes on from another one takes those that it finds for full ones. */
export class Nudges {
  /** None of them says that the job has ended. */
  private areChecks = false;

  constructor(private readonly state: Pick<LifeState, 'nudged'>) {}

  /** @param why what it carries, whatever that may be. */
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
