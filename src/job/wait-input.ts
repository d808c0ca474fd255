/** The contract of `waitForJob`: attaches to a job that was started elsewhere. `src/input/check-input.ts` checks it. */
export interface WaitForJobInput {
  /** Name of a Keboola project known to the worker. Default `default`. */
  connection?: string;
  /** Keboola's id of the job. */
  jobId: string;
  /** What a cancelled workflow does to the job, which it has not started. Default `leave`. */
  onCancel?: CancelPolicy;
  /** It mirrors a job that Keboola has spawned below one of ours, in a child workflow of that one's. */
  role?: 'observer';
}

export type CancelPolicy = 'leave' | 'kill';
