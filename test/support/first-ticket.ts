let sandboxes = 0;

/**
 * All sandboxes of a run share one Temporal, where jobs are found by their ids: no two of them may give out the same.
 */
export function firstTicket(): number {
  return (process.pid * 1_000 + (sandboxes += 1)) * 1_000;
}
