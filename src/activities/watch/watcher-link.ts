import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowIdConflictPolicy, type Client } from '@temporalio/client';
import { BELIEVED_MS } from '../../job/times/heartbeats.js';
import { BACKSTOP_EVERY_MS } from '../../job/watch/stretch.js';
import { WATCHER_TYPE, watcherId, type WatchRequest } from '../../job/watch/watch-request.js';
import type { WatcherState } from '../deps.js';
import { describeWatcher } from './describe-watcher.js';
import { canBeMapped } from './in-flight.js';

const LOOK_EVERY_MS = 5_000;
/** A worker starts a watcher at most this often. */
const START_EVERY_MS = 60_000;
/** Even a workflow that relies on a watcher reads its job about every `BACKSTOP_EVERY_MS`, and so asks for it again. */
const WANTED_MS_MAX = BACKSTOP_EVERY_MS + 10 * 60_000;

/** Where to find a watcher, and what ends the following of it. */
export interface Place {
  client: Client;
  taskQueue: string;
  /** The request of a watch, without state. @throws what Keboola answers. */
  request: () => Promise<WatchRequest>;
  /** Whether this worker has room for a watch; if not, it leaves starting one to other workers. */
  hasRoom: () => boolean;
  isStopping: () => boolean;
  /** Called with the state of the watcher after every look. */
  tell?: (state: WatcherState) => void;
}

/**
 * What a worker knows about a watcher, which may run in another worker. The link starts the watcher and follows whether
 * it is reliable. All this runs beside the worker's own work; if any of it fails, nobody relies on the watcher.
 */
export class WatcherLink {
  private following = false;
  private wantedMs = Number.NEGATIVE_INFINITY;
  private startedMs = Number.NEGATIVE_INFINITY;
  private isHealthy = false;
  private rests = false;
  /**
   * The latest heartbeat by the server's clock, which differs from ours, so that only a change of it means anything.
   */
  private beat: number | undefined;
  private beatMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly place: Place,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** A worker that has not seen a heartbeat for long, for whatever reason, does not rely on the watcher. */
  get isReliable(): boolean {
    return this.isHealthy && this.now() - this.beatMs <= BELIEVED_MS;
  }

  /** Says that there is a job to watch. */
  want(): void {
    this.wantedMs = this.now();
    if (!this.following) void this.follow();
  }

  private async follow(): Promise<void> {
    this.following = true;
    // Bounded by the time since a watcher was last wanted.
    while (!this.place.isStopping() && this.now() - this.wantedMs < WANTED_MS_MAX) {
      const goesOn = await this.lookOnce().catch(() => this.lookFailed());
      if (!goesOn) break;
      this.place.tell?.(this.isReliable ? 'reliable' : this.rests ? 'idle' : 'unreliable');
      await sleep(LOOK_EVERY_MS, undefined, { ref: false });
    }
    this.following = false;
    this.isHealthy = false;
    this.place.tell?.('idle');
  }

  private lookFailed(): boolean {
    this.isHealthy = false;
    this.rests = false;
    return true;
  }

  /** @returns whether to look again. */
  private async lookOnce(): Promise<boolean> {
    const request = await this.place.request();
    // The answer is as old as the question, however long it took.
    const askedMs = this.now();
    const seen = await describeWatcher(this.place.client, this.place.taskQueue, request);
    this.isHealthy = seen.isHealthy;
    this.rests = seen.rests;
    if (seen.beat !== undefined && this.beat !== undefined && seen.beat !== this.beat) this.beatMs = askedMs;
    this.beat = seen.beat ?? this.beat;
    if (seen.isOpen) return true;
    // A watcher that has closed by itself had nothing to watch.
    if (seen.isDone && this.now() - this.wantedMs > START_EVERY_MS) return false;
    await this.start(request);
    return true;
  }

  /** Starts no watcher if jobs cannot be mapped to workflows: it would be of no use. */
  private async start(request: WatchRequest): Promise<void> {
    const nowMs = this.now();
    if (!this.place.hasRoom() || nowMs - this.startedMs < START_EVERY_MS) return;
    this.startedMs = nowMs;
    const { client, taskQueue } = this.place;
    if (!(await canBeMapped(client, taskQueue, request))) return;
    await client.workflow.start(WATCHER_TYPE, {
      workflowId: watcherId(taskQueue, request),
      taskQueue,
      args: [request],
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      staticSummary: `Watch project ${request.project} for the ends of jobs`,
    });
  }
}
