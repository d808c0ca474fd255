import type { JobView } from '../job/job-view.js';
import { isBelow } from '../job/run-id.js';
import { isFinalStatus } from '../job/status.js';
import { Cached } from './cached.js';
import type { JobApi } from './job-api.js';

/** The project runs as many jobs as it may. */
export interface ProjectFull {
  running: number;
  limit: number;
}

/** A place among the project's parallel jobs, taken before the POST so that two creations cannot take the same one. */
export interface Place {
  /** The job exists; it keeps its place until the list shows it, or shows that it has ended. */
  taken(jobId: string): void;
  /** Nothing was created. */
  free(): void;
}

/** What is asked for by many creations at once is asked of Keboola once. */
const LIST_LIFETIME_MS = 1_000;
/** The list may lag by this much; a job of ours that it has not shown by then is not going to show. */
const UNSEEN_MS_MAX = 60_000;
const NEWEST_MAX = 100;
const RUNNING = ['processing', 'terminating'];

/**
 * Keeps a project's limit of parallel jobs (`owner.limits["components.jobsParallelism"]`).
 *
 * Keboola keeps it too, but admits any job whose run id has a prefix of its own and no running sibling
 * (keboola/syrup `JobCommand::isParallelLimitExceeded`), and each of our jobs has such a prefix. A good citizen
 * therefore counts before it creates.
 */
export class ParallelLimit {
  private readonly lists: Cached<{ running: JobView[]; newest: JobView[] }>;
  private readonly unseen = new Map<string, number>();
  private pending = 0;

  constructor(
    private readonly jobs: () => Promise<JobApi>,
    private readonly limit: () => Promise<number | undefined>,
    private readonly now: () => number = Date.now,
  ) {
    this.lists = new Cached(() => this.readLists(), LIST_LIFETIME_MS, now);
  }

  /** @throws KeboolaError when Keboola cannot tell. */
  async reserve(parentRunId: string | undefined): Promise<Place | ProjectFull> {
    const limit = await this.limit();
    if (limit === undefined) return this.place();
    const { running, newest } = await this.lists.get();
    this.forgetSeen(newest);
    const count = new Set([...running.map(({ jobId }) => jobId), ...this.unseen.keys()]).size + this.pending;
    if (count < limit || isFirstChild(parentRunId, running)) return this.place();
    return { running: count, limit };
  }

  private place(): Place {
    this.pending += 1;
    let open = true;
    const leave = (): void => {
      if (open) this.pending -= 1;
      open = false;
    };
    return {
      taken: (jobId) => {
        leave();
        this.unseen.set(jobId, this.now());
      },
      free: leave,
    };
  }

  private async readLists(): Promise<{ running: JobView[]; newest: JobView[] }> {
    const jobs = await this.jobs();
    const [newest, ...running] = await Promise.all([
      jobs.list({ limit: NEWEST_MAX }),
      ...RUNNING.map((status) => jobs.list({ status, limit: NEWEST_MAX })),
    ]);
    return { newest, running: running.flat().filter(({ component }) => component !== 'orchestrator') };
  }

  /** A job of ours that waits still counts: it starts in a moment, and the list of running jobs does not show it. */
  private forgetSeen(newest: readonly JobView[]): void {
    const ended = new Set(newest.filter(({ status }) => isFinalStatus(status)).map(({ jobId }) => jobId));
    for (const [jobId, sinceMs] of this.unseen) {
      if (ended.has(jobId) || this.now() - sinceMs > UNSEEN_MS_MAX) this.unseen.delete(jobId);
    }
  }
}

export function isFull(answer: Place | ProjectFull): answer is ProjectFull {
  return 'limit' in answer;
}

/** A parent that waits for its child holds a place itself; refusing it the first child could leave both waiting for ever. */
function isFirstChild(parentRunId: string | undefined, running: readonly JobView[]): boolean {
  return parentRunId !== undefined && !running.some(({ runId }) => isBelow(runId, parentRunId));
}
