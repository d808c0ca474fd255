import { isFinalStatus } from '../job/status.js';
import { addRun, type RunHistory } from '../job/poll-schedule.js';
import { Cached } from './cached.js';
import type { JobApi } from './job-api.js';

/** Enough to tell a usual duration from a chance one, and little enough to be one page. */
const RUNS_MAX = 20;
/** The list also answers neighbours of the configuration and jobs that never ran; this many leave enough. */
const LISTED_MAX = 60;
const LIFETIME_MS = 10 * 60_000;
const CONFIGS_MAX = 1_000;

/** How long the last runs of configurations took, asked for once in a while. */
export class RunHistories {
  private readonly byConfig = new Map<string, Cached<RunHistory | undefined>>();

  constructor(private readonly jobs: () => Promise<JobApi>) {}

  /** @returns undefined for a configuration that has never run. */
  get(component: string, config: string): Promise<RunHistory | undefined> {
    const key = JSON.stringify([component, config]);
    const known = this.byConfig.get(key) ?? new Cached(() => this.read(component, config), LIFETIME_MS);
    // Put at the end each time, so that the one that goes is the one not asked for the longest.
    this.byConfig.delete(key);
    this.byConfig.set(key, known);
    const [oldest] = this.byConfig.keys();
    if (this.byConfig.size > CONFIGS_MAX && oldest !== undefined) this.byConfig.delete(oldest);
    return known.get();
  }

  private async read(component: string, config: string): Promise<RunHistory | undefined> {
    const jobs = await (await this.jobs()).list({ ofConfig: { component, config }, limit: LISTED_MAX });
    return jobs
      .filter((job) => job.component === component && job.config === config)
      .filter(({ status }) => isFinalStatus(status) && status !== 'terminated' && status !== 'cancelled')
      .flatMap(({ durationSeconds }) => (durationSeconds === undefined ? [] : [durationSeconds]))
      .slice(0, RUNS_MAX)
      .reduceRight<RunHistory | undefined>(addRun, undefined);
  }
}
