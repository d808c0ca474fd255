/** A job that may be read by its id, to see whether its end was missed. */
export interface Candidate {
  jobId: string;
  startMs: number;
}

/** Of a job that proves nothing, however often it is read. */
export const NEVER_AGAIN = Number.POSITIVE_INFINITY;

/**
 * Which job to read: the one that has not been read for the longest time, or never since its start. So each has its turn,
 * and an end that no list shows is seen after as many reads as there are jobs.
 *
 * @param readMs when jobs were read, by their ids, or {@link NEVER_AGAIN}.
 */
export function longestUnread<One extends Candidate>(
  candidates: readonly One[],
  readMs: ReadonlyMap<string, number>,
): One | undefined {
  const sinceMs = ({ jobId, startMs }: One): number => readMs.get(jobId) ?? startMs;
  const [first, ...others] = candidates.filter(({ jobId }) => readMs.get(jobId) !== NEVER_AGAIN);
  return first && others.reduce((oldest, one) => (sinceMs(one) < sinceMs(oldest) ? one : oldest), first);
}

/** Takes in a read. What is not in flight any more is forgotten. */
export function withRead(
  readMs: ReadonlyMap<string, number>,
  candidates: readonly Candidate[],
  read: { jobId: string; atMs: number },
): Map<string, number> {
  const here = new Set(candidates.map(({ jobId }) => jobId));
  const kept = [...readMs].filter(([jobId]) => here.has(jobId));
  return new Map([...kept, [read.jobId, read.atMs]]);
}

/** Ages are tried from here on. */
const AGE_MS_MIN = 10_000;
const OLDER = 1.5;
const YOUNGER = 0.8;

/**
 * Feels its way to the age of the oldest jobs in flight, one page at a time: Temporal's lists show the youngest first, can leave
 * out those that are younger than some age, and not every server sorts.
 */
export class OldestAge {
  private ageMs = AGE_MS_MIN;

  /** @param latestMs when the youngest of them has started. @returns before when those of the next page have. */
  startedBeforeMs(latestMs: number): number {
    return latestMs - this.ageMs;
  }

  /** Takes in how many of a page the list has shown. */
  seen(count: number, countMax: number): void {
    if (count >= countMax) this.ageMs *= OLDER;
    else if (count === 0) this.ageMs = Math.max(AGE_MS_MIN, this.ageMs * YOUNGER);
  }
}
