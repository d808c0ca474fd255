import { DESCENDANTS_MAX } from '../../job/tree/descendants.js';
import { CachedByKey } from '../cached/cached-by-key.js';
import type { JobApi, JobList } from './job-api.js';

/**
 * All workflows of a tree share one list of its jobs, which is read at most this often while jobs run. The time counts
 * from the answer, so an answer that comes too late for one look serves the next one.
 */
const LIFETIME_MS = 10_000;
const TREES_MAX = 200;

/** The jobs of whole trees, from an index that lags by seconds. */
export class JobTrees {
  private readonly lists: CachedByKey<readonly string[], JobList>;

  constructor(jobs: () => Promise<JobApi>) {
    const list = async (inRuns: readonly string[]): Promise<JobList> =>
      await (await jobs()).list({ inRuns, limit: DESCENDANTS_MAX + 1 });
    this.lists = new CachedByKey(list, LIFETIME_MS, TREES_MAX);
  }

  /** @param runIds all RunIds that the job at the root has had. */
  get(runIds: readonly string[]): Promise<JobList> {
    return this.lists.get(runIds);
  }

  /** Without the cache: for the end of a job, when an earlier list is of no use. */
  getFresh(runIds: readonly string[]): Promise<JobList> {
    return this.lists.getFresh(runIds);
  }
}
