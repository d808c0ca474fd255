import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowIdConflictPolicy, type Client } from '@temporalio/client';
import { BELIEVED_MS } from '../../job/times/heartbeats.js';
import { BACKSTOP_EVERY_MS } from '../../job/watch/stretch.js';
import { watcherId, type WatchRequest } from '../../job/watch/watch-request.js';
import type { WatcherState } from '../deps.js';
import { describeWatcher } from './describe-watcher.js';
import { canBeMapped } from './in-flight.js';

const LOOK_EVERY_MS = 5_000;
/** A worker starts a watcher no more often. */
const START_EVERY_MS = 60_000;
/** Whoever relies on a watcher reads all the same, give or take; then it is asked for again. */
const WANTED_MS_MAX = BACKSTOP_EVERY_MS + 10 * 60_000;

/** Where a watcher is to be found, and what ends the look at it. */
export interface Place {
  client: Client;
  taskQueue: string;
  /** Without its state. @throws what Keboola answers. */
  request: () => Promise<WatchRequest>;
  /** Without room here it is left to other workers to start one. */
  hasRoom: () => boolean;
  isStopping: () => boolean;
  /** Hears after every look how the watcher does. */
  tell?: (state: WatcherState) => void;
}

/**
 * What a worker knows of a watcher that may run in another one: it starts it, and follows whether it can be relied on. All
 * of that goes on beside the work of the worker, and whatever fails of it means that nobody relies on it.
 */
export class WatcherLink {
  private following = false;
  private wantedMs = Number.NEGATIVE_INFINITY;
  private startedMs = Number.NEGATIVE_INFINITY;
  private isHealthy = false;
  private rests = false;
  /** As the server tells it: its clock is another one, so that only a change of it says anything. */
  private beat: number | undefined;
  private beatMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly place: Place,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** A worker that has seen no heartbeat for long, for what reason ever, relies on nothing. */
  get isReliable(): boolean {
    return this.isHealthy && this.now() - this.beatMs <= BELIEVED_MS;
  }

  /** There is a job to be watched. */
  want(): void {
    this.wantedMs = this.now();
    if (!this.following) void this.follow();
  }

  private async follow(): Promise<void> {
    this.following = true;
    // Bounded by the time since somebody has wanted it.
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
    // What the answer tells is as old as the question, however long it has taken.
    const askedMs = this.now();
    const seen = await describeWatcher(this.place.client, this.place.taskQueue, request);
    this.isHealthy = seen.isHealthy;
    this.rests = seen.rests;
    if (seen.beat !== undefined && this.beat !== undefined && seen.beat !== this.beat) this.beatMs = askedMs;
    this.beat = seen.beat ?? this.beat;
    if (seen.isOpen) return true;
    // One that has closed by itself had nothing to watch.
    if (seen.isDone && this.now() - this.wantedMs > START_EVERY_MS) return false;
    await this.start(request);
    return true;
  }

  /** Where nothing could be mapped to a workflow there is nothing to watch for. */
  private async start(request: WatchRequest): Promise<void> {
    const nowMs = this.now();
    if (!this.place.hasRoom() || nowMs - this.startedMs < START_EVERY_MS) return;
    this.startedMs = nowMs;
    const { client, taskQueue } = this.place;
    if (!(await canBeMapped(client, taskQueue, request))) return;
    await client.workflow.start('watchProject', {
      workflowId: watcherId(taskQueue, request),
      taskQueue,
      args: [request],
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      staticSummary: `Watch project ${request.project} for the ends of jobs`,
    });
  }
}
