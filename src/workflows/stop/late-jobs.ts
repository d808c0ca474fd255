import { CancellationScope, log, type TemporalFailure } from '@temporalio/workflow';
import { jobOfFailure } from '../../job/failure/job-of-failure.js';
import { writtenOutInLine } from '../../job/text/written-out.js';
import type { JobLife } from '../job-life.js';
import { tellKillNotConfirmed } from '../show/tell-metrics.js';
import { CONFIRM_MS_MAX } from './kill-and-confirm.js';
import { LOOK_AT_THE_END, ONE_LOOK, unstoppedLateJobs, type Looks } from './stop-late-jobs.js';

/** How long until late jobs are looked for again. */
export const LATE_SEARCH_MS = 60_000;

/** A job that was not seen to obey so far, or one that only the jobs below it prove. */
interface Unstopped {
  readonly sinceMs: number;
  isTold: boolean;
}

/**
 * Late jobs are those of creations that were given up. Beside the wait for the job that counts, they are looked for now
 * and then, and stopped.
 */
export class LateJobs {
  private dueMs: number;
  /** The ids of late jobs that were seen to be over. */
  private readonly over = new Set<string>();
  /** By job id, or by the message where no job is known. A creation rarely makes more than one job, so these are few. */
  private readonly unstopped = new Map<string, Unstopped>();

  constructor(private readonly life: JobLife) {
    this.dueMs = life.time.now() + LATE_SEARCH_MS;
  }

  /** Whether there may be late jobs, and it is time to look for them. */
  get areDue(): boolean {
    const { state, time } = this.life;
    return state.givenUp.length > 0 && time.now() >= this.dueMs;
  }

  /**
   * Looks for late jobs once, and asks each that it finds once to stop, since our own job is not read meanwhile. One that
   * has not stopped after as long as a stop may take is reported.
   *
   * @param nextInMs how long until the next look is due.
   * @throws the cancellation of the workflow, at once: the stop that follows looks for late jobs itself.
   */
  async look(nextInMs: number): Promise<void> {
    const nowMs = this.life.time.now();
    this.dueMs = nowMs + nextInMs;
    for (const failure of await this.stopThem(ONE_LOOK)) {
      const one = this.remember(failure, nowMs);
      if (nowMs - one.sinceMs >= CONFIRM_MS_MAX) this.tell(failure, one);
    }
  }

  /**
   * Looks for late jobs for the last time, since our own job is over. Those that are not seen to stop are reported.
   *
   * @returns the failures, each of one job or of one creation.
   * @throws the cancellation of the workflow.
   */
  async lookLast(): Promise<readonly TemporalFailure[]> {
    if (this.life.state.givenUp.length === 0) return [];
    const nowMs = this.life.time.now();
    const failures = await this.stopThem(LOOK_AT_THE_END);
    for (const failure of failures) this.tell(failure, this.remember(failure, nowMs));
    return failures;
  }

  private async stopThem(looks: Looks): Promise<TemporalFailure[]> {
    const { life, over } = this;
    await life.rethrowCancellation();
    const looking = CancellationScope.nonCancellable(() => unstoppedLateJobs(life, looks, { over }));
    // The look may go on after a cancel. It then asks for the same stops as the cancel does.
    return await life.unlessCancelled(looking);
  }

  private remember(failure: TemporalFailure, nowMs: number): Unstopped {
    const key = jobOfFailure(failure).jobId ?? failure.message;
    const one = this.unstopped.get(key) ?? { sinceMs: nowMs, isTold: false };
    this.unstopped.set(key, one);
    return one;
  }

  private tell(failure: TemporalFailure, one: Unstopped): void {
    this.life.note(failure.message);
    if (one.isTold) return;
    one.isTold = true;
    reportUnstopped(failure);
  }
}

/** Reports a second job that was not seen to stop. That it goes on is no reason to abandon the job that counts. */
export function reportUnstopped(failure: TemporalFailure): void {
  tellKillNotConfirmed();
  log.warn(writtenOutInLine(failure.message), jobOfFailure(failure));
}
