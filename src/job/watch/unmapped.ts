/** Visibility shows a workflow a moment after it has written of which job it is, and on a busy server later. */
const ASK_AGAIN_MS = 60_000;
/** What is beyond it is not asked for again; its workflow looks by itself, though late. */
const UNMAPPED_MAX = 1_000;

/** A job that has ended, and whose workflow is not known yet. */
export interface Unmapped {
  jobId: string;
  /** Since when it is asked for, our clock. */
  sinceMs: number;
}

/** Adds jobs whose workflows are to be asked for. */
export function withEnded(unmapped: readonly Unmapped[], jobIds: readonly string[], nowMs: number): Unmapped[] {
  const known = new Set(unmapped.map(({ jobId }) => jobId));
  const added = jobIds.filter((jobId) => !known.has(jobId)).map((jobId) => ({ jobId, sinceMs: nowMs }));
  return [...unmapped, ...added].slice(-UNMAPPED_MAX);
}

/** What came of asking for the workflows of jobs, by their ids. */
interface Asked {
  /**
   * Jobs of which a workflow is visible that may have created them. One that has attached itself is nudged, too, but it is
   * not the one that relies on it.
   */
  mapped: ReadonlySet<string>;
  /** Jobs of which a workflow could not be nudged. */
  missed: ReadonlySet<string>;
}

/** Leaves those that are to be asked for again; a nudge that was missed, as long as its workflow is visible. */
export function stillUnmapped(unmapped: readonly Unmapped[], { mapped, missed }: Asked, nowMs: number): Unmapped[] {
  return unmapped.flatMap((one) => {
    if (missed.has(one.jobId)) return [{ ...one, sinceMs: nowMs }];
    return !mapped.has(one.jobId) && Math.abs(nowMs - one.sinceMs) < ASK_AGAIN_MS ? [one] : [];
  });
}
