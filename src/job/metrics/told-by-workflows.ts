import type { FailureType } from '../failure/failure-types.js';
import type { FinalStatus } from '../wait/status.js';

/** How a workflow of a job has closed: with the job's status, as a failure of the closed list, or as canceled. */
export type JobEndOutcome = FinalStatus | FailureType | 'Canceled';

/**
 * How a creation turned out: Keboola answered with its job (`created`); the job was found after its answer was lost
 * (`adopted`), or belongs to somebody else (`foreign`); another job was created in its place (`recreated`); nobody
 * knows whether there is a job (`ambiguous`); or Keboola said no (`refused`).
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
  /** Absent if the workflow closed before there was a plan. */
  component?: string;
  outcome: JobEndOutcome;
  /**
   * From the end of the job, by Keboola's clock, to the end of its workflow. Absent if the job is not known to have
   * ended, or had ended before the workflow attached to it.
   */
  lagSeconds?: number;
}

/** The name of the sink through which a worker receives the metrics of its workflows. */
export const METRICS_SINK = 'keboolaMetrics';

/**
 * What workflows report for metrics. Reports add no history events and are not repeated on replay, but a workflow task
 * that Temporal did not accept and that runs again repeats them. The worker recognizes repeats by `nth`, the position
 * among all reports of a run.
 */
export interface ToldByWorkflows {
  jobEnded(end: JobEnd): void;
  creation(outcome: CreationOutcome, nth: number): void;
  killNotConfirmed(nth: number): void;
}

/** The shape that the SDK's sink proxy and a worker expect. */
export type OurSinks = Record<typeof METRICS_SINK, Pick<ToldByWorkflows, keyof ToldByWorkflows>>;
