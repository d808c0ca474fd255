/** A job that may be read by its id, to see whether its end was missed. */
export interface Candidate {
  jobId: string;
  startMs: number;
}

/**
 * Which job to read: the one that has not been read for the longest time, or never since its start. So each has its turn,
 * and an end that no list shows is seen after as many reads as there are jobs.
 *
 * @param readMs when jobs were read, by their ids.
 */
export function longestUnread<One extends Candidate>(
  candidates: readonly One[],
  readMs: ReadonlyMap<string, number>,
): One | undefined {
  const sinceMs = ({ jobId, startMs }: One): number => readMs.get(jobId) ?? startMs;
  const [first, ...others] = candidates;
  return first && others.reduce((oldest, one) => (sinceMs(one) < sinceMs(oldest) ? one : oldest), first);
}

/** Takes in a read. What is not in flight any more is forgotten. */
export function withRead(
  readMs: ReadonlyMap<string, number>,
  candidates: readonly Candidate[],
  read: { jobId: string; nowMs: number },
): Map<string, number> {
  const here = new Set(candidates.map(({ jobId }) => jobId));
  const kept = [...readMs].filter(([jobId]) => here.has(jobId));
  return new Map([...kept, [read.jobId, read.nowMs]]);
}
