import { Worker, type ReplayResult, type ReplayWorkerOptions } from '@temporalio/worker';
import { inject } from 'vitest';
import { TRACES_MARK } from '../../src/job/tracing/told-to-traces.js';
import './quiet-sdk.js';

interface Asked {
  history: unknown;
  workflowId: string;
}

/** Replays one history after the other in one worker: to start a worker takes longer than to replay most histories. */
export class Replayer {
  private asked: Asked | undefined;
  private readonly replays: AsyncIterator<ReplayResult, undefined>;

  /** @param traces whether it is a worker that traces. */
  constructor({ traces = false } = {}) {
    // A replay calls no activity; but workflows see the names of those that their worker has.
    const activities = traces ? { [TRACES_MARK]: () => undefined } : {};
    const options: ReplayWorkerOptions & { activities: object } = {
      workflowBundle: { codePath: inject('workflowBundle') },
      activities,
    };
    this.replays = Worker.runReplayHistories(options, this.asks());
  }

  /** @throws DeterminismViolationError when the workflow would now do something else. */
  async replay(history: unknown, workflowId: string): Promise<void> {
    this.asked = { history, workflowId };
    const { done, value } = await this.replays.next();
    if (done === true) throw new Error('the worker has ended, and replays nothing more');
    if (value.error) throw value.error;
  }

  async close(): Promise<void> {
    await this.replays.return?.();
  }

  /** The worker takes a history when a result is asked for, and not before; so each is taken once. */
  private *asks(): Generator<Asked> {
    while (this.asked) yield this.asked;
  }
}
