import { log } from '@temporalio/activity';
import { MAY_HAVE_ENDED } from '../../job/messages.js';
import { BELIEVED_MS, LOST_AFTER_MS } from '../../job/times/heartbeats.js';
import type { WatchRequest } from '../../job/watch/watch-request.js';
import { allInFlight } from './in-flight.js';
import { nudge } from './nudge.js';

/** Fifty reads a second are what a worker does at any time. */
const PACE_MS = 1_000;
/**
 * That it cannot be relied on any more comes through to all workers by then: its next heartbeat, or that there is none, and the
 * time for which a worker believes the one before. Who asks sooner is told to sleep on.
 */
const TOLD_MS = LOST_AFTER_MS + BELIEVED_MS;
/** Whoever could not be reached is tried again ever less often. */
const AGAIN_MS_MAX = 5 * 60_000;
/** An hour of it: by then a workflow that sleeps has looked by itself. */
const ROUNDS_MAX = 16;

/**
 * Nudges all workflows of a project when nobody may rely on its watcher any more: whoever does must not sleep on. They are
 * nudged once nobody begins to rely on it, and those that could not be reached once more, until each has been.
 */
export class NudgeAll {
  private sinceMs: number | undefined;
  /** It was wanted anew before that had begun: somebody may rely on the watcher in between, and for longer than until then. */
  private againMs: number | undefined;
  private underWay = false;
  /** What is due is to be tried once more, and nobody has begun to rely on the watcher since. */
  private isRetry = false;
  /** Whoever was not reached; undefined where all are to be asked for. */
  private missed: readonly string[] | undefined;
  /** Rounds in a row that have not reached everybody. */
  private inVain = 0;
  private isStopped = false;

  constructor(private readonly request: WatchRequest) {}

  /** Nobody is still to be nudged, as far as they could be reached. */
  get isDone(): boolean {
    return this.sinceMs === undefined && !this.underWay;
  }

  /** Whoever has not been nudged yet is left to the next watcher. */
  stop(): void {
    this.isStopped = true;
  }

  /** @param sinceMs since when nobody may rely on it, our clock. */
  want(sinceMs: number): void {
    if (this.sinceMs === undefined || this.isRetry) this.sinceMs = sinceMs;
    else this.againMs = sinceMs;
    this.isRetry = false;
    this.missed = undefined;
    this.inVain = 0;
  }

  /** Begins it where it is due. It goes on beside the looks, since it takes its time. */
  ifDue(nowMs: number): void {
    const { sinceMs } = this;
    const delayMs = Math.min(AGAIN_MS_MAX, TOLD_MS * 2 ** Math.max(0, this.inVain - 1));
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
      // Meanwhile all may be wanted anew.
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
