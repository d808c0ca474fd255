/** The contract of `waitForJob`: attaches to a job that was started elsewhere. `src/input/check-input.ts` checks it. */
export interface WaitForJobInput {
  /** Name of a Keboola project known to the worker. Default `default`. */
  connection?: string;
  /** Keboola's id of the job. */
  jobId: string;
  /** What canceling the workflow does to the job, which it did not start. Default `leave`. */
  onCancel?: CancelPolicy;
  /** Mirrors a job that Keboola has spawned below one of ours, as a child workflow of that job's workflow. */
  role?: 'observer';
}

export type CancelPolicy = 'leave' | 'kill';
