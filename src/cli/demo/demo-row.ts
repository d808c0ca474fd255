import type { JobResult } from '../../job/result.js';

/** The state of one run and, at its end, the outcome. */
export interface DemoRow {
  title: string;
  /** The job API that runs its jobs, as Keboola calls it. */
  api: string;
  line: string;
  workflowId?: string;
  job?: JobResult;
  /** What the workflow reported: a status or a failure type. */
  told?: string;
  asExpected?: boolean;
  message?: string;
  tookMs?: number;
}

/** How a run has ended. */
export interface RunEnd extends Pick<DemoRow, 'job' | 'message'> {
  /** A status or a failure type. */
  told: string;
}

/** Writes into its row how a run has ended, and whether it should have ended so. */
export function endRow(row: DemoRow, end: RunEnd, expected: string, tookMs: number): void {
  Object.assign(row, end, { asExpected: end.told === expected, tookMs, line: end.told });
}
