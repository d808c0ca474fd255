import { ApplicationFailureCategory } from '@temporalio/common';
import { activityInfo, ApplicationFailure, cancellationSignal } from '@temporalio/activity';
import type { FastStepName } from '../job/activities.js';
import { DEFAULT_CONNECTION } from '../job/input.js';
import { withHeartbeat } from './with-heartbeat.js';

/** For how long a step that was slow is not tried as a local activity again, by anybody on this worker. */
const SLOW_FOR_MS = 60_000;

/**
 * The steps of a worker that are fast as a rule, and are local activities while they are. Such an activity holds the task
 * of its workflow, see `whileFast`: in a project that does not answer, each would hold one for nothing. What has come too
 * late may go on beside the normal activity that takes its place, so it may be done twice at a time.
 */
export class FastSteps {
  /** Until when a step is not tried as a local activity, steady milliseconds. Bounded: the connections are known. */
  private readonly slowUntilMs = new Map<string, number>();

  constructor(
    /** The connections of the worker. */
    private readonly connections: { find: (name: string) => unknown },
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Does a step. As a normal activity it may take its time.
   *
   * @param input of the activity, which may be anything; what is slow for one connection is not slow for others.
   * @throws ApplicationFailure `TooSlow` where it is to be done as a normal activity at once.
   */
  async run<T>(name: FastStepName, input: unknown, work: () => Promise<T>): Promise<T> {
    return activityInfo().isLocal ? await this.whileFast(this.stepOf(name, input), work) : await withHeartbeat(work);
  }

  private stepOf(name: string, input: unknown): string {
    const given = (input as { connection?: unknown } | null | undefined)?.connection ?? DEFAULT_CONNECTION;
    return typeof given === 'string' && this.connections.find(given) ? `${name} ${given}` : name;
  }

  private async whileFast<T>(step: string, work: () => Promise<T>): Promise<T> {
    if (this.now() < (this.slowUntilMs.get(step) ?? 0)) {
      const message = 'It was slow a moment ago; a normal activity takes its place';
      throw ApplicationFailure.create({ type: 'TooSlow', message, category: ApplicationFailureCategory.BENIGN });
    }
    // Nothing but the end of its time cancels a local activity while its workflow's task is held.
    const signal = cancellationSignal();
    const remember = (): void => void this.slowUntilMs.set(step, this.now() + SLOW_FOR_MS);
    signal.addEventListener('abort', remember, { once: true });
    try {
      return await work();
    } finally {
      signal.removeEventListener('abort', remember);
    }
  }
}
