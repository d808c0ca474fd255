import { ROUTE_NAMES } from './faults/fault.js';
import type { RouteName } from './faults/fault.js';

/** What was asked of the sandbox and what came of it, since its start or the last reset. */
export interface CountersView {
  /** Create requests that arrived, whatever became of them. */
  posts: number;
  /** Jobs that requests created. */
  jobs: number;
  /** Jobs in the world, children that jobs spawned included. */
  jobsInWorld: number;
  /** Requests by route, faulty ones included. */
  requests: Record<RouteName, number>;
  /** Reads and kills that arrived, by id of an existing job. */
  readsByJob: Record<string, number>;
  killsByJob: Record<string, number>;
}

/** Jobs are bounded, but forgotten ones leave their counts behind; the oldest counts make room then. */
const JOBS_COUNTED_MAX = 200_000;

/** Counts what tests ask about. */
export class Counters {
  #requests = noRequests();
  #created = 0;
  #reads = new Map<string, number>();
  #kills = new Map<string, number>();

  request(route: RouteName, existingJobId: string | undefined): void {
    this.#requests[route] += 1;
    if (existingJobId === undefined) return;
    if (route === 'read') count(this.#reads, existingJobId);
    if (route === 'kill') count(this.#kills, existingJobId);
  }

  jobCreated(): void {
    this.#created += 1;
  }

  view(jobsInWorld: number): CountersView {
    return {
      posts: this.#requests.create,
      jobs: this.#created,
      jobsInWorld,
      requests: { ...this.#requests },
      readsByJob: Object.fromEntries(this.#reads),
      killsByJob: Object.fromEntries(this.#kills),
    };
  }

  clear(): void {
    this.#requests = noRequests();
    this.#created = 0;
    this.#reads.clear();
    this.#kills.clear();
  }
}

function noRequests(): Record<RouteName, number> {
  return Object.fromEntries(ROUTE_NAMES.map((name) => [name, 0])) as Record<RouteName, number>;
}

function count(counts: Map<string, number>, jobId: string): void {
  if (counts.size >= JOBS_COUNTED_MAX) counts.delete(counts.keys().next().value ?? '');
  counts.set(jobId, (counts.get(jobId) ?? 0) + 1);
}
