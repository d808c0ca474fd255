import { log } from '@temporalio/activity';
import { MAY_HAVE_ENDED } from '../../job/messages.js';
import { BELIEVED_MS, LOST_AFTER_MS } from '../../job/times/heartbeats.js';
import { doublingMs } from '../../job/wait/doubling.js';
import type { WatchRequest } from '../../job/watch/watch-request.js';
import { allInFlight } from './in-flight.js';
import { nudge } from './nudge.js';

/** A worker does fifty reads a second at any time. */
const PACE_MS = 1_000;
/**
 * By then every worker knows that the watcher is no longer reliable: the watcher's next heartbeat arrives or is missed,
 * and a worker's trust in the previous heartbeat expires. A workflow that asks sooner is told to sleep on.
 */
const TOLD_MS = LOST_AFTER_MS + BELIEVED_MS;
/** Workflows that could not be reached are tried again at growing intervals, up to this one. */
const AGAIN_MS_MAX = 5 * 60_000;
/** An hour of rounds: by then a sleeping workflow has looked by itself. */
const ROUNDS_MAX = 16;

/**
 * Nudges all workflows of a project when its watcher is no longer reliable, so that those relying on it do not sleep
 * on. The nudges begin once no workflow can newly rely on the watcher. Workflows that could not be reached are nudged
 * again until each has been reached.
 */
export class NudgeAll {
  private sinceMs: number | undefined;
  /**
   * Since when a further round is wanted. It was asked for before the due one began: in between, workflows may have
   * come to rely on the watcher, and may still do so after the due round.
   */
  private againMs: number | undefined;
  private underWay = false;
  /** The due round is a retry, and no workflow has begun to rely on the watcher since. */
  private isRetry = false;
  /** The workflows that were not reached; undefined if all workflows are to be listed. */
  private missed: readonly string[] | undefined;
  /** Rounds in a row that have not reached every workflow. */
  private inVain = 0;
  private isStopped = false;

  constructor(private readonly request: WatchRequest) {}

  /** No reachable workflow is still to be nudged. */
  get isDone(): boolean {
    return this.sinceMs === undefined && !this.underWay;
  }

  /** Leaves the workflows that have not been nudged yet to the next watcher. */
  stop(): void {
    this.isStopped = true;
  }

  /** @param sinceMs since when the watcher has been unreliable, our clock. */
  want(sinceMs: number): void {
    if (this.sinceMs === undefined || this.isRetry) this.sinceMs = sinceMs;
    else this.againMs = sinceMs;
    this.isRetry = false;
    this.missed = undefined;
    this.inVain = 0;
  }

  /** Begins a round if it is due. The round runs beside the looks, because it takes its time. */
  ifDue(nowMs: number): void {
    const { sinceMs } = this;
    const delayMs = doublingMs(Math.max(0, this.inVain - 1), TOLD_MS, AGAIN_MS_MAX);
    if (this.underWay || this.isStopped || sinceMs === undefined || Math.abs(nowMs - sinceMs) < delayMs) return;
    this.sinceMs = this.againMs;
    this.againMs = undefined;
    this.isRetry = false;
    this.underWay = true;
    void this.round(nowMs).finally(() => {
      this.underWay = false;
    });
  }

  private async round(nowMs: number): Promise<void> {
    const { missed } = this;
    this.missed = undefined;
    try {
      const isStopped = (): boolean => this.isStopped;
      const left = await nudge(missed ?? (await this.all()), { paceMs: PACE_MS, why: MAY_HAVE_ENDED, isStopped });
      if (left.length === 0 || this.isStopped) return;
      // Meanwhile a round for all workflows may have been wanted.
      if (this.sinceMs === undefined) this.missed = left;
    } catch (error) {
      log.warn('Not all workflows could be nudged; it will be tried again', { error });
    }
    if (this.sinceMs !== undefined) return;
    this.inVain += 1;
    if (this.inVain >= ROUNDS_MAX) return;
    this.sinceMs = nowMs;
    this.isRetry = true;
  }

  private async all(): Promise<string[]> {
    const ids: string[] = [];
    for await (const { workflowId } of allInFlight(this.request)) {
      if (this.isStopped) break;
      ids.push(workflowId);
    }
    return ids;
  }
}
