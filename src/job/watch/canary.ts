/** A job that may be read by its id, to see whether its end was missed. */
export interface Candidate {
  jobId: string;
  startMs: number;
}

/** Read time of a job that proves nothing, however often it is read. */
export const NEVER_AGAIN = Number.POSITIVE_INFINITY;

/**
 * Which job to read: the one that has gone unread for the longest time, counted from its start if it was never read. So
 * each job gets its turn, and an end that no list shows is seen after as many reads as there are jobs.
 *
 * @param readMs when each job was read, by job id, or {@link NEVER_AGAIN}.
 */
export function longestUnread<One extends Candidate>(
  candidates: readonly One[],
  readMs: ReadonlyMap<string, number>,
): One | undefined {
  const sinceMs = ({ jobId, startMs }: One): number => readMs.get(jobId) ?? startMs;
  const [first, ...others] = candidates.filter(({ jobId }) => readMs.get(jobId) !== NEVER_AGAIN);
  return first && others.reduce((oldest, one) => (sinceMs(one) < sinceMs(oldest) ? one : oldest), first);
}

/** Takes in a read. Forgets jobs that are no longer in flight. */
export function withRead(
  readMs: ReadonlyMap<string, number>,
  candidates: readonly Candidate[],
  read: { jobId: string; atMs: number },
): Map<string, number> {
  const here = new Set(candidates.map(({ jobId }) => jobId));
  const kept = [...readMs].filter(([jobId]) => here.has(jobId));
  return new Map([...kept, [read.jobId, read.atMs]]);
}

/** The search starts from this age. */
const AGE_MS_MIN = 10_000;
const OLDER = 1.5;
const YOUNGER = 0.8;

/**
 * Finds the approximate age of the oldest jobs in flight, one page at a time: Temporal's lists show the youngest first
 * and can leave out those below some age, but not every server sorts.
 */
export class OldestAge {
  private ageMs = AGE_MS_MIN;

  /** @param latestMs when the youngest job started. @returns the time before which jobs of the next page started. */
  startedBeforeMs(latestMs: number): number {
    return latestMs - this.ageMs;
  }

  /** Takes in how many jobs of a page the list has shown. */
  seen(count: number, countMax: number): void {
    if (count >= countMax) this.ageMs *= OLDER;
    else if (count === 0) this.ageMs = Math.max(AGE_MS_MIN, this.ageMs * YOUNGER);
  }
}
