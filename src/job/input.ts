/** The contract of `runJob`: what an author of any language writes. `src/keboola/input.ts` checks it. */
export interface RunJobInput {
  /** Name of a Keboola project known to the worker; never a token. Default `default`. */
  connection?: string;
  /** `ex-db` (native application) or `keboola.ex-db-mysql` (docker component). */
  component: string;
  /** Id of a stored configuration. */
  config?: string;
  /** Inline configuration; wins over the stored one. */
  configData?: Record<string, unknown>;
  /** A native application's own top-level keys. */
  params?: Record<string, unknown>;
  /** Puts the job below this run: the job's run id starts with it. */
  parentRunId?: string;
  /** What a job that ends with a warning is to its author. Default `accept`. */
  onWarning?: WarningPolicy;
  /** How the workflow closes when somebody else stopped the job. Default `cancel`. */
  onTerminated?: TerminatedPolicy;
}

export type WarningPolicy = 'accept' | 'fail';
export type TerminatedPolicy = 'cancel' | 'fail';

export const DEFAULT_CONNECTION = 'default';
export const DEFAULT_TASK_QUEUE = 'keboola';
