import type { Duration } from './text/duration.js';

/** How to watch over a job, whatever creates it. */
export interface RunPolicy {
  /** Name of a Keboola project known to the worker; never a token. Default `default`. */
  connection?: string;
  /** Puts the job below this run: the job's run id starts with it. */
  parentRunId?: string;
  /** Longest wait for a start; after that the job is cancelled. */
  queueTimeout?: Duration;
  /** Longest run; after that the job is terminated. */
  runTimeout?: Duration;
  /** Whether a job that ends with a warning has succeeded or failed. Default `accept`. */
  onWarning?: WarningPolicy;
  /** How the workflow closes if somebody else stopped the job. Default `cancel`. */
  onTerminated?: TerminatedPolicy;
  /** What to do if nobody can find out whether a job was created. Default `fail`. */
  onAmbiguousCreate?: AmbiguousCreatePolicy;
  /** Whether jobs that Keboola spawns below ours become child workflows and part of the result. Default `observe`. */
  children?: ChildrenPolicy;
}

/** The contract of `runJob`: what an author of any language writes. `src/input/check-input.ts` checks it. */
export interface RunJobInput extends RunPolicy {
  /** `ex-db` (native application) or `keboola.ex-db-mysql` (docker component). */
  component: string;
  /** Id of a stored configuration. */
  config?: string;
  /** Inline configuration; wins over the stored one. */
  configData?: Record<string, unknown>;
  /** Runs only these rows of `config`, disabled ones too. A Syrup job runs exactly one. */
  rows?: string[];
  /** Version of a docker component's image. */
  tag?: string;
  /** Development branch, if not the main one. */
  branchId?: string;
  /** Id of stored values for the configuration's variables. */
  variableValuesId?: string;
  /** Values for the configuration's variables. */
  variableValuesData?: VariableValues;
  /** A native application's own top-level keys. */
  params?: Record<string, unknown>;
  /**
   * `debug` writes no output and keeps what the component was given; `force-run` runs a disabled configuration. Default
   * `run`.
   */
  mode?: RunMode;
  /** The size of the machine. Queue v2 only. */
  backend?: Backend;
  /** How many rows run at the same time, if not as the configuration says. Queue v2 only. */
  parallelism?: Parallelism;
  /** Starts the job this long after its creation at the earliest. Queue v2 only. */
  delay?: Duration;
  /** Starts the job at this time at the earliest, ISO 8601 with a time zone. Queue v2 only. */
  delayedStartTime?: string;
  /**
   * Runs only these tasks of a flow, one after another, without its conditions; a failed task does not stop the next.
   * Queue v2 only.
   */
  flowTasks?: string[];
  /**
   * How a creation is told from all others; see docs/create-fence.md. Default: what the connection says, or what fits
   * the project.
   */
  createFence?: CreateFence;
  /** What to do about an unfinished job of the same `config` that somebody else started. Default `ignore`. */
  onForeignJob?: ForeignJobPolicy;
}

/**
 * `run-id`: a run id of ours above the job. `none`: nothing of ours; the job is recognised by what was sent and when.
 * `variable`: the value of a variable that its configuration does not have.
 */
export const CREATE_FENCES = ['run-id', 'none', 'variable'] as const;
export type CreateFence = (typeof CREATE_FENCES)[number];

export interface Backend {
  type?: 'xsmall' | 'small' | 'medium' | 'large';
  /** The name that its costs are reported under. */
  context?: string;
}

/** 2 to 100. */
export type Parallelism = number | 'infinity';

export interface VariableValues {
  values: { name: string; value: string }[];
}

export type RunMode = 'run' | 'debug' | 'force-run';
export type WarningPolicy = 'accept' | 'fail';
export type TerminatedPolicy = 'cancel' | 'fail';
export type AmbiguousCreatePolicy = 'fail' | 'recreate';
export type ChildrenPolicy = 'observe' | 'ignore';
export type ForeignJobPolicy = 'ignore' | 'wait' | 'adopt' | 'fail';

export const DEFAULT_CONNECTION = 'default';
export const DEFAULT_TASK_QUEUE = 'keboola';
