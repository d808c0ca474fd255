import type { JsonObject } from '../json.js';
import type { Project, Token } from '../fixture/schema.js';
import type { Script } from '../fixture/script-schema.js';
import type { QueueFacts } from './queue/queue-facts.js';

/**
 * The eight statuses that Syrup's own validator accepts (keboola/syrup Job/Metadata/Job.php), and `created`, which only
 * its documentation has.
 */
export type JobStatus =
  'created' | 'waiting' | 'processing' | 'terminating' | 'success' | 'error' | 'warning' | 'terminated' | 'cancelled';

/** Exactly what the job's document holds, with times in epoch milliseconds. Immutable: a write makes a new one. */
export interface JobFacts {
  /** Digits as text: an id may exceed 2^53. */
  readonly id: string;
  readonly runId: string;
  readonly lockName: string;
  readonly project: { readonly id: number; readonly name: string };
  readonly token: { readonly id: string; readonly description: string };
  /** Name of the Syrup app: `docker`, or the native component. */
  readonly app: string;
  readonly command: string;
  readonly params: JsonObject;
  readonly result: JsonObject;
  readonly status: JobStatus;
  readonly process: { readonly host: string; readonly pid: number };
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly durationSeconds: number | null;
  readonly waitSeconds: number | null;
  readonly error: string | null;
  readonly terminatedBy: { readonly id: string | null; readonly description: string | null };
  readonly usage: readonly unknown[] | null;
  /** Set if Queue v2 created the job. */
  readonly queue?: QueueFacts;
}

/** Creates the jobs below a container or a flow, and folds their ends into its own. One instance for each such job. */
export interface Conductor {
  begin(job: Job): void;
  /** One of its jobs has ended. */
  childEnded(job: Job, child: Job): void;
}

/** A job of the simulation: its document as last written, and what only the world knows about it. */
export interface Job {
  facts: JobFacts;
  readonly project: Project;
  readonly token: Token;
  readonly script: Script;
  /** Longest time of one execution; undefined for no limit. */
  readonly processTimeoutSeconds: number | undefined;
  /** The execution of the parent that spawned it: a later execution of the same parent has children of its own. */
  readonly parent: { readonly id: string; readonly attempt: number } | undefined;
  /** Written, but never put into the queue: no worker will ever get it. */
  isGhost: boolean;
  /** Executions so far: an event that an earlier one scheduled is stale. */
  attempt: number;
  /** A worker is executing it now. */
  isExecuting: boolean;
  bounces: number;
  reruns: number;
  /** Its own work is done and it only waits for children. */
  ownWorkDone: boolean;
  /** Children that are still to be spawned or still to end. */
  childrenOpen: number;
  childrenFailed: number;
  /** Its parent has been told of its end. */
  isReported: boolean;
  /** Set for a container or a flow, which has no work of its own. */
  readonly conductor: Conductor | undefined;
  /** Whether its container lets it begin. */
  readonly mayBegin: (() => boolean) | undefined;
}

const UNFINISHED: ReadonlySet<JobStatus> = new Set<JobStatus>(['created', 'waiting', 'processing', 'terminating']);

/** Computed as Syrup computes it: everything outside this list counts as finished. */
export function isFinished(status: JobStatus): boolean {
  return !UNFINISHED.has(status);
}
