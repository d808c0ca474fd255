import { CancellationScope } from '@temporalio/workflow';
import type { JobLife } from '../job-life.js';
import { stopBeside } from './kill-and-confirm.js';
import { ONE_LOOK, stopLateJobs } from './stop-late-jobs.js';

/** How long it takes until such jobs are looked for again. */
export const LATE_SEARCH_MS = 60_000;

/** The jobs of creations that were given up: now and then, beside the wait for the one that counts, they are looked for and stopped. */
export class LateJobs {
  private dueMs: number;
  /** The ids of those that were seen to be over. */
  private readonly over = new Set<string>();

  constructor(private readonly life: JobLife) {
    this.dueMs = life.time.now() + LATE_SEARCH_MS;
  }

  /** Whether there may be any, and it is time to look for them. */
  get areDue(): boolean {
    const { state, time } = this.life;
    return state.givenUp.length > 0 && time.now() >= this.dueMs;
  }

  /**
   * Looks for them, and stops what it finds; one that does not obey is told.
   *
   * @param nextInMs after which time they are due again.
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
