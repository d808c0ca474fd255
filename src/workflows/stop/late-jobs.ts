import { CancellationScope, log, type TemporalFailure } from '@temporalio/workflow';
import { jobOfFailure } from '../../job/failure/job-of-failure.js';
import { writtenOutInLine } from '../../job/text/written-out.js';
import type { JobLife } from '../job-life.js';
import { tellKillNotConfirmed } from '../show/tell-metrics.js';
import { CONFIRM_MS_MAX } from './kill-and-confirm.js';
import { LOOK_AT_THE_END, ONE_LOOK, unstoppedLateJobs } from './stop-late-jobs.js';

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
   * Looks for late jobs once, since our own job is not read meanwhile. One that has not stopped after as long as a stop
   * may take is reported.
   *
   * @param nextInMs how long until the next look is due.
   * @throws the cancellation of the workflow, at once: the stop that follows looks for late jobs itself.
   */
  async look(nextInMs: number): Promise<void> {
    const { life } = this;
    const nowMs = life.time.now();
    this.dueMs = nowMs + nextInMs;
    await life.rethrowCancellation();
    // The look may go on after a cancel. It then asks for the same stops as the cancel does.
    const looking = CancellationScope.nonCancellable(() => this.lookOnce());
    for (const failure of await life.unlessCancelled(looking)) {
      const one = this.remember(failure, nowMs);
      if (nowMs - one.sinceMs >= CONFIRM_MS_MAX) this.tell(failure, one);
    }
  }

  /**
   * Looks for late jobs for the last time, whatever happens meanwhile. Those that are not seen to stop are reported.
   *
   * @returns the failures, each of one job or of one creation.
   */
  async lookLast(): Promise<readonly TemporalFailure[]> {
    const { life, over } = this;
    if (life.state.givenUp.length === 0) return [];
    const nowMs = life.time.now();
    const failures = await CancellationScope.nonCancellable(() => unstoppedLateJobs(life, LOOK_AT_THE_END, { over }));
    for (const failure of failures) this.tell(failure, this.remember(failure, nowMs));
    return failures;
  }

  /** Looks for late jobs once, and asks each that it finds once to stop. Must run in a non-cancellable scope. */
  async lookOnce(): Promise<TemporalFailure[]> {
    return await unstoppedLateJobs(this.life, ONE_LOOK, { over: this.over });
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
