/** Levels above a job: the number of dots in its run id, whoever chose the first segments (keboola/syrup Job.php). */
export function nestingLevel(runId: string): number {
  return runId.split('.').length - 1;
}
