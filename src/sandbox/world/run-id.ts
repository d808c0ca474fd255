/** Levels above a job: the number of dots in its run id, whoever chose the first segments (keboola/syrup Job.php). */
export function nestingLevel(runId: string): number {
  return runId.split('.').length - 1;
}

/** The run id without its last segment; empty for a job without a parent. */
export function parentRunId(runId: string): string {
  return runId.slice(0, Math.max(0, runId.lastIndexOf('.')));
}
