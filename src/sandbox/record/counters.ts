import { BoundedCounts } from './bounded-counts.js';
import { ROUTE_NAMES, STORAGE_OPERATIONS } from '../faults/route-names.js';
import type { RouteName } from '../faults/route-names.js';
import { RunIdCounts } from './run-id-counts.js';
import type { RunIdView } from './run-id-counts.js';
import type { StorageJob } from '../storage/storage-job.js';
import type { Job } from '../world/job-record.js';
import type { Tally } from '../world/world.js';

/** What was asked of the sandbox and what came of it, since its start or the last reset. */
export interface CountersView {
  /** Create requests that arrived, whatever became of them, custom calls included. */
  posts: number;
  /** Jobs that requests created. */
  jobs: number;
  /** Jobs in the world, children that jobs spawned included. */
  jobsInWorld: number;
  /** Executions that workers started, re-runs included. */
  runs: number;
  /** Requests by route, faulty ones included. */
  requests: Record<RouteName, number>;
  /** Reads and kills that arrived, by id of an existing job. */
  readsByJob: Record<string, number>;
  killsByJob: Record<string, number>;
  /** Executions by job: more than one after a bounce or a re-run. */
  runsByJob: Record<string, number>;
  /** Calls that ask for an operation of Storage, done by a job or at once. */
  storagePosts: number;
  /** Jobs of Storage by operation, such as `tableImport`. */
  storageJobsByOperation: Record<string, number>;
  /** Reads of jobs of Storage that exist, by id. */
  readsByStorageJob: Record<string, number>;
  /** By project: the most jobs processing or terminating at the same time, as the parallel limit counts them. */
  runningMaxByProject: Record<string, number>;
}

/** The counters, with a view by run id. */
export interface Counted extends CountersView {
  /** What was sent under this run id and what came of it. The prefix matches whole segments only. */
  byRunIdPrefix(prefix: string): RunIdView;
}

/** Counts what tests ask about. */
export class Counters implements Tally {
  #requests = noRequests();
  #created = 0;
  #runs = 0;
  readonly #reads = new BoundedCounts();
  readonly #kills = new BoundedCounts();
  readonly #runsByJob = new BoundedCounts();
  readonly #storageOperations = new BoundedCounts();
  readonly #storageReads = new BoundedCounts();
  readonly #runningMax = new Map<number, number>();
  readonly #byRunId = new RunIdCounts();

  request(route: RouteName, existingJobId: string | undefined, runId: string | undefined): void {
    this.#requests[route] += 1;
    if ((route === 'create' || route === 'custom') && runId !== undefined) this.#byRunId.posted(runId);
    if (existingJobId === undefined) return;
    if (route === 'storageJob') this.#storageReads.add(existingJobId);
    if (route === 'read') this.#reads.add(existingJobId);
    if (route === 'kill') this.#kills.add(existingJobId);
  }

  jobWritten(job: Job): void {
    if (job.parent === undefined) this.#created += 1;
    this.#byRunId.given(job.facts.id, job.facts.runId);
  }

  runStarted({ facts }: Job): void {
    this.#runs += 1;
    this.#runsByJob.add(facts.id);
  }

  runIdGiven({ facts }: Job): void {
    this.#byRunId.given(facts.id, facts.runId);
  }

  storageJobWritten({ id, operation, runId }: StorageJob): void {
    this.#storageOperations.add(operation);
    if (runId !== null) this.#byRunId.storageJobGiven(id, runId);
  }

  running(projectId: number, count: number): void {
    if (count > (this.#runningMax.get(projectId) ?? 0)) this.#runningMax.set(projectId, count);
  }

  view(jobsInWorld: number): Counted {
    const view: CountersView = {
      posts: this.#requests.create + this.#requests.custom,
      jobs: this.#created,
      jobsInWorld,
      runs: this.#runs,
      requests: { ...this.#requests },
      readsByJob: this.#reads.view(),
      killsByJob: this.#kills.view(),
      runsByJob: this.#runsByJob.view(),
      storagePosts: STORAGE_OPERATIONS.reduce((sum, route) => sum + this.#requests[route], 0),
      storageJobsByOperation: this.#storageOperations.view(),
      readsByStorageJob: this.#storageReads.view(),
      runningMaxByProject: Object.fromEntries(this.#runningMax),
    };
    // Not enumerable, so that the counters print and compare as the plain document that they are over HTTP.
    return Object.defineProperty(view, 'byRunIdPrefix', {
      value: (prefix: string) => this.byRunIdPrefix(prefix),
    }) as Counted;
  }

  byRunIdPrefix(prefix: string): RunIdView {
    return this.#byRunId.view(prefix, { runs: this.#runsByJob, kills: this.#kills });
  }

  clear(): void {
    this.#requests = noRequests();
    this.#created = 0;
    this.#runs = 0;
    for (const counts of [this.#reads, this.#kills, this.#runsByJob, this.#runningMax, this.#byRunId]) counts.clear();
    for (const counts of [this.#storageOperations, this.#storageReads]) counts.clear();
  }
}

function noRequests(): Record<RouteName, number> {
  return Object.fromEntries(ROUTE_NAMES.map((name) => [name, 0])) as Record<RouteName, number>;
}
