import { DESCENDANTS_MAX } from '../../job/tree/descendants.js';
import { CachedByKey } from '../cached/cached-by-key.js';
import type { JobApi, JobList } from './job-api.js';

/**
 * All workflows of a tree share one list of its jobs, which is asked for this often at most while jobs run. It counts from
 * the answer: one that is too late for the look that has asked for it serves the next one.
 */
const LIFETIME_MS = 10_000;
const TREES_MAX = 200;

/** The jobs of whole trees, from an index that lags behind by seconds. */
export class JobTrees {
  private readonly lists: CachedByKey<readonly string[], JobList>;

  constructor(jobs: () => Promise<JobApi>) {
    const list = async (inRuns: readonly string[]): Promise<JobList> =>
      await (await jobs()).list({ inRuns, limit: DESCENDANTS_MAX + 1 });
    this.lists = new CachedByKey(list, LIFETIME_MS, TREES_MAX);
  }

  /** @param runIds the run ids that the job at the root has had. */
  get(runIds: readonly string[]): Promise<JobList> {
    return this.lists.get(runIds);
  }

  /** For the end of a job, where what the list has shown before is of no use. */
  getFresh(runIds: readonly string[]): Promise<JobList> {
    return this.lists.getFresh(runIds);
  }
}
