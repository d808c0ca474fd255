import { isFinalStatus, isStoppedStatus } from '../../job/wait/status.js';
import { addRun, type RunHistory } from '../../job/wait/poll-schedule.js';
import { CachedByKey } from '../cached/cached-by-key.js';
import type { JobApi } from './job-api.js';

/** Enough to tell a usual duration from an unusual one, and few enough for one page. */
const RUNS_MAX = 20;
/** The list also contains other configurations and jobs that never ran; this many rows leave enough. */
const LISTED_MAX = 60;
const LIFETIME_MS = 10 * 60_000;
const CONFIGS_MAX = 1_000;

/** How long the last runs of configurations took, cached. */
export class RunHistories {
  private readonly byConfig: CachedByKey<{ component: string; config: string }, RunHistory | undefined>;

  constructor(private readonly jobs: () => Promise<JobApi>) {
    this.byConfig = new CachedByKey((key) => this.read(key), LIFETIME_MS, CONFIGS_MAX);
  }

  /** @returns undefined for a configuration that has never run. */
  get(component: string, config: string): Promise<RunHistory | undefined> {
    return this.byConfig.get({ component, config });
  }

  private async read(ofConfig: { component: string; config: string }): Promise<RunHistory | undefined> {
    const { component, config } = ofConfig;
    const { jobs } = await (await this.jobs()).list({ ofConfig, limit: LISTED_MAX });
    return jobs
      .filter((job) => job.component === component && job.config === config)
      .filter(({ status }) => isFinalStatus(status) && !isStoppedStatus(status))
      .flatMap(({ durationSeconds }) => (durationSeconds === undefined ? [] : [durationSeconds]))
      .slice(0, RUNS_MAX)
      .reduceRight<RunHistory | undefined>(addRun, undefined);
  }
}
