import type { Capacity } from '../../job/create/creation.js';
import type { JobView } from '../../job/job-view.js';
import { isBelow } from '../../job/run-id.js';
import { isFinalStatus } from '../../job/wait/status.js';
import { SENDING_MS_MAX } from '../../job/times/requests.js';
import { Cached } from '../cached/cached.js';
import type { JobApi } from './job-api.js';
import { steadyMs } from '../http/steady-ms.js';

/** A place among the project's parallel jobs, first for a creation, then for the job that it created. */
interface Reservation {
  parentRunId: string | undefined;
  sinceMs: number;
  jobId?: string;
}

/** Many creations at once share one request to Keboola. */
const LIST_LIFETIME_MS = 1_000;
/** The list may lag by this much. A creation that has produced no job by then loses its place. */
const RESERVATION_MS_MAX = SENDING_MS_MAX;
const NEWEST_MAX = 30;
/** More jobs than the limit may run, since first children are let in; the list must still show their parents. */
const OVER_LIMIT_MAX = 100;

/**
 * Respects a project's limit of parallel jobs (`owner.limits["components.jobsParallelism"]`) in a dialect in which
 * Keboola does not enforce it for jobs like ours: a good citizen counts before it creates.
 */
export class ParallelLimit {
  private readonly lists: Cached<{ running: JobView[]; newest: JobView[] }>;
  /** By the RunId of the creation. */
  private readonly reservations = new Map<string, Reservation>();

  constructor(
    private readonly jobs: () => Promise<JobApi>,
    private readonly ofProject: () => Promise<number | undefined>,
    private readonly now: () => number = steadyMs,
  ) {
    this.lists = new Cached(() => this.readLists(), LIST_LIFETIME_MS, now);
  }

  /** The limit that creations must respect; undefined if there is none, or Keboola enforces it. */
  async limit(): Promise<number | undefined> {
    const jobs = await this.jobs();
    return jobs.occupants === undefined ? undefined : await this.ofProject();
  }

  /** Reserves a place for a creation, if one is free. @throws KeboolaError if Keboola gives no usable answer. */
  async reserve(runId: string, parentRunId: string | undefined): Promise<Capacity> {
    const limit = await this.limit();
    if (limit === undefined) return { kind: 'reserved' };
    const { running, newest } = await this.lists.get();
    this.forget(running, newest);
    this.reservations.delete(runId);
    const count = running.length + this.reservations.size;
    if (count >= limit && !this.isFirstChild(parentRunId, running)) return { kind: 'full', running: count, limit };
    this.reservations.set(runId, { parentRunId, sinceMs: this.now() });
    return { kind: 'reserved' };
  }

  /** How full the project is at present; undefined if there is no limit to respect. */
  async load(): Promise<{ running: number; limit: number } | undefined> {
    const limit = await this.limit();
    if (limit === undefined) return undefined;
    const { running } = await this.lists.get();
    return { running: running.length, limit };
  }

  /** The creation has produced a job, which holds the place until a list shows it running or ended. */
  taken(runId: string, jobId: string): void {
    const reservation = this.reservations.get(runId);
    if (reservation) this.reservations.set(runId, { ...reservation, jobId, sinceMs: this.now() });
  }

  /** The creation has produced no job. */
  free(runId: string): void {
    this.reservations.delete(runId);
  }

  private async readLists(): Promise<{ running: JobView[]; newest: JobView[] }> {
    const [jobs, limit = 0] = await Promise.all([this.jobs(), this.limit()]);
    const [newest, running] = await Promise.all([
      // This list only frees places earlier; without it, they are freed by time.
      jobs.list({ limit: NEWEST_MAX }).catch(() => ({ jobs: [] })),
      // Even a list that is cut off shows that the project is full.
      jobs.occupants?.(limit + OVER_LIMIT_MAX) ?? [],
    ]);
    return { newest: newest.jobs, running };
  }

  /** A waiting job of ours keeps its reservation: it starts in a moment, and no list counts it until then. */
  private forget(running: readonly JobView[], newest: readonly JobView[]): void {
    const ended = newest.filter(({ status }) => isFinalStatus(status));
    const counted = new Set([...running, ...ended].map(({ jobId }) => jobId));
    for (const [runId, { jobId, sinceMs }] of this.reservations) {
      const shown = jobId !== undefined && counted.has(jobId);
      if (shown || this.now() - sinceMs > RESERVATION_MS_MAX) this.reservations.delete(runId);
    }
  }

  /** A parent that waits for its child holds a place itself; refusing its first child could block both for ever. */
  private isFirstChild(parentRunId: string | undefined, running: readonly JobView[]): boolean {
    if (parentRunId === undefined || !running.some(({ runId }) => runId === parentRunId)) return false;
    const siblings = [...this.reservations.values()].some((reservation) => reservation.parentRunId === parentRunId);
    return !siblings && !running.some(({ runId }) => isBelow(runId, parentRunId));
  }
}
