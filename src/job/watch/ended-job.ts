/** A job that has ended for good, as a list of a project shows it. */
export interface EndedJob {
  jobId: string;
  /** With the segments of its parents, so that what a creation has sent can be seen in it. */
  runId: string;
  /** Keboola's clock, epoch milliseconds in whole seconds. */
  endedMs: number;
}

/** What one look at a project has shown. */
export interface EndedJobs {
  jobs: EndedJob[];
  /** All of them were shown: otherwise one that is missing may have ended. */
  isWhole: boolean;
  /** Keboola's clock before the look, epoch milliseconds; absent where the answer did not tell it. */
  serverMs?: number;
}
