import { CancellationScope } from '@temporalio/workflow';
import type { JobLife } from '../job-life.js';
import { stopBeside } from './kill-and-confirm.js';
import { ONE_LOOK, stopLateJobs } from './stop-late-jobs.js';

/** How long until late jobs are looked for again. */
export const LATE_SEARCH_MS = 60_000;

/**
 * Late jobs are those of creations that were given up. Beside the wait for the job that counts, they are looked for now
 * and then, and stopped.
 */
export class LateJobs {
  private dueMs: number;
  /** The ids of late jobs that were seen to be over. */
  private readonly over = new Set<string>();

  constructor(private readonly life: JobLife) {
    this.dueMs = life.time.now() + LATE_SEARCH_MS;
  }

  /** Whether there may be late jobs, and it is time to look for them. */
  get areDue(): boolean {
    const { state, time } = this.life;
    return state.givenUp.length > 0 && time.now() >= this.dueMs;
  }

  /**
   * Looks for late jobs, and stops those that it finds; one that does not obey is reported.
   *
   * @param nextInMs how long until the next look is due.
   * @throws the cancellation of the workflow, before it looks.
   */
  async look(nextInMs: number): Promise<void> {
    const { life } = this;
    this.dueMs = life.time.now() + nextInMs;
    await life.rethrowCancellation();
    const stop = (): Promise<void> => stopLateJobs(life, ONE_LOOK, this.over);
    const problem = await CancellationScope.nonCancellable(() => stopBeside(stop));
    if (problem) life.note(problem.message);
  }
}
