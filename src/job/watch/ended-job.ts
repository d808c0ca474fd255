/** A job that has ended for good, as a list of the project shows it. */
export interface EndedJob {
  jobId: string;
  /** Includes the segments of its parents, so that it shows what was sent with the creation. */
  runId: string;
  /** Keboola's clock, epoch milliseconds in whole seconds. */
  endedMs: number;
}

/** What one look at a project has shown. */
export interface EndedJobs {
  jobs: EndedJob[];
  /** All ended jobs were shown; if not, a missing job may have ended too. */
  isWhole: boolean;
  /** Keboola's clock before the look, epoch milliseconds; absent if the answer did not tell it. */
  serverMs?: number;
}
