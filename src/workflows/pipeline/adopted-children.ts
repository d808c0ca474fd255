import { CancellationScope, workflowInfo } from '@temporalio/workflow';
import type { ChildEnding } from '../../job/remote-steps.js';
import { lookAtChildren } from '../activities.js';
import type { SteadyClock } from '../steady-clock.js';

const REST_MS_MIN = 1_000;
const REST_MS_MAX = 15 * 60_000;
/** A look comes late by at most a tenth of the time waited so far. */
const REST_SHARE = 0.1;

interface Waiting {
  resolve: (ending: ChildEnding) => void;
  reject: (error: unknown) => void;
}

/**
 * The workflows of tasks that have been running since before the pipeline was reset. One activity looks at all of them,
 * so that the history grows with the time they take and not with their number. Between two looks they hold no activity
 * and no worker slot.
 */
export class AdoptedChildren {
  private readonly waiting = new Map<string, Waiting>();
  private readonly seen = new Set<string>();
  private sinceMs = 0;
  private isNew = false;

  constructor(private readonly time: SteadyClock) {}

  /** Waits for the end of one workflow. A caller whose wait was cancelled may ask again. */
  endOf(workflowId: string): Promise<ChildEnding> {
    this.sinceMs = this.time.now();
    this.isNew = true;
    const looks = this.waiting.size > 0;
    const ending = new Promise<ChildEnding>((resolve, reject) => this.waiting.set(workflowId, { resolve, reject }));
    // The caller that waited first may be cancelled while others still wait.
    if (!looks) void CancellationScope.nonCancellable(() => this.look());
    return ending;
  }

  /** Whether a look has shown that the workflow runs, and is no stranger's. */
  isSeen(workflowId: string): boolean {
    return this.seen.has(workflowId);
  }

  /** Bounded by the ends of the workflows that are waited for. */
  private async look(): Promise<void> {
    try {
      for (;;) {
        this.isNew = false;
        const workflowIds = [...this.waiting.keys()];
        const endings = await lookAtChildren({ workflowIds, firstRunId: workflowInfo().firstExecutionRunId });
        for (const [workflowId, ending] of Object.entries(endings)) this.settle(workflowId, ending);
        if (this.waiting.size === 0) return;
        // More may have ended than one look has room for.
        if (Object.keys(endings).length > 0) continue;
        for (const workflowId of workflowIds) this.seen.add(workflowId);
        const waitedMs = this.time.now() - this.sinceMs;
        const restMs = Math.min(REST_MS_MAX, Math.max(REST_MS_MIN, Math.round(waitedMs * REST_SHARE)));
        const summary = `Check tasks from before the reset again in ${restMs / 1_000} s`;
        await this.time.sleepUnless(() => this.isNew, restMs, { summary });
      }
    } catch (error) {
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    }
  }

  private settle(workflowId: string, ending: ChildEnding): void {
    this.waiting.get(workflowId)?.resolve(ending);
    this.waiting.delete(workflowId);
  }
}
