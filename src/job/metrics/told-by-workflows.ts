import type { FailureType } from '../failure/failure-types.js';
import type { FinalStatus } from '../wait/status.js';

/** How a workflow of a job has closed: with the job's status, as a failure of the closed list, or as canceled. */
export type JobEndOutcome = FinalStatus | FailureType | 'Canceled';

/**
 * What became of a creation: its job was answered (`created`), found again after its answer was lost (`adopted`), is one of
 * somebody else's (`foreign`); another one was made in its place (`recreated`); nobody knows whether there is a job
 * (`ambiguous`); or Keboola said no (`refused`).
 */
export type CreationOutcome = 'created' | 'adopted' | 'foreign' | 'recreated' | 'ambiguous' | 'refused';

export const CREATION_OUTCOMES = [
  'created',
  'adopted',
  'foreign',
  'recreated',
  'ambiguous',
  'refused',
] as readonly CreationOutcome[];

export interface JobEnd {
  /** Unknown where the workflow has closed before there was a plan. */
  component?: string;
  outcome: JobEndOutcome;
  /** From the job's end by Keboola's clock to that of its workflow; absent where the job is not known to have ended, or had before it was attached to. */
  lagSeconds?: number;
}

/** The name under which a worker takes what its workflows tell. */
export const METRICS_SINK = 'keboolaMetrics';

/**
 * What workflows tell for metrics. It costs no event of their history, and is not told when they are replayed; but told again by a
 * task that is done again because Temporal has not taken it. By `nth`, the place among all that a run tells, a worker knows that.
 */
export interface ToldByWorkflows {
  jobEnded(end: JobEnd): void;
  creation(outcome: CreationOutcome, nth: number): void;
  killNotConfirmed(nth: number): void;
}

/** As a proxy of the SDK and a worker take it. */
export type OurSinks = Record<typeof METRICS_SINK, Pick<ToldByWorkflows, keyof ToldByWorkflows>>;
