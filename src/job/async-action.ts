import type { Duration } from './duration.js';
import type { AmbiguousCreatePolicy, ChildrenPolicy, TerminatedPolicy, WarningPolicy } from './input.js';

export const ACTION_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** A call of a component that makes a job, other than `run`. */
export interface AsyncCall {
  method: (typeof ACTION_METHODS)[number];
  /** From the root of Keboola's applications, for example `/gooddata-writer/v2/main/projects`, with a query if need be. */
  path: string;
  body?: Record<string, unknown>;
}

/** The contract of `runAsyncAction`: a call of a component's own, answered by a job that is waited for. */
export interface RunAsyncActionInput extends AsyncCall {
  /** Name of a Keboola project known to the worker. Default `default`. */
  connection?: string;
  /** Puts the job below this run: the job's run id starts with it. */
  parentRunId?: string;
  /** Longest wait for a start; then the job is cancelled. */
  queueTimeout?: Duration;
  /** Longest run; then the job is terminated. */
  runTimeout?: Duration;
  /** What a job that ends with a warning is to its author. Default `accept`. */
  onWarning?: WarningPolicy;
  /** How the workflow closes when somebody else stopped the job. Default `cancel`. */
  onTerminated?: TerminatedPolicy;
  /** What to do when it cannot be found out whether a job was created. Default `fail`. */
  onAmbiguousCreate?: AmbiguousCreatePolicy;
  /** What to do about jobs that Keboola spawns below ours. Default `observe`. */
  children?: ChildrenPolicy;
}

/** The call alone, without how to watch over its job. */
export function whatToCall({ method, path, body }: RunAsyncActionInput): { call: AsyncCall } {
  return { call: { method, path, ...(body !== undefined && { body }) } };
}
