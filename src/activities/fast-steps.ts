import { ApplicationFailureCategory } from '@temporalio/common';
import { activityInfo, ApplicationFailure, cancellationSignal } from '@temporalio/activity';
import type { FastStepName } from '../job/activities.js';
import { DEFAULT_CONNECTION } from '../job/input.js';
import { withHeartbeat } from './with-heartbeat.js';

/** For how long no workflow on this worker tries a slow step as a local activity again. */
const SLOW_FOR_MS = 60_000;

/**
 * The steps of a worker that are usually fast, and run as local activities while they are. A local activity holds its
 * workflow task, see `whileFast`: in a project that does not answer, each step would hold one for nothing. A step that
 * was too slow may still run beside the normal activity that replaces it, so the same step may run twice at once.
 */
export class FastSteps {
  /** Until when a step is not tried as a local activity, in steady milliseconds. Bounded by the known connections. */
  private readonly slowUntilMs = new Map<string, number>();

  constructor(
    /** The connections of the worker. */
    private readonly connections: { find: (name: string) => unknown },
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Runs a step. As a normal activity it may take its time.
   *
   * @param input of the activity, of any type. Its connection counts: a step slow for one is not slow for the others.
   * @throws ApplicationFailure `TooSlow` if the step is to run as a normal activity at once.
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
      const message = 'This step was slow a moment ago, so it runs as a normal activity';
      throw ApplicationFailure.create({ type: 'TooSlow', message, category: ApplicationFailureCategory.BENIGN });
    }
    // Only its timeout can cancel a local activity while it holds the workflow task.
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
