/** A nudge that is not taken is sent again after this time, then after ever longer ones. */
const RETRY_MS_MIN = 1_000;
const RETRY_MS_MAX = 60_000;
/** An hour of it: by then a workflow that sleeps has looked by itself. */
const REFUSALS_MAX = 64;

/** Nudges of one job's workflows that Temporal has not taken, one after the other. */
export interface Refusals {
  times: number;
  /** Of the last one, our clock. */
  atMs: number;
}

/** @returns undefined where it is not to be tried again. */
export function refusedOnceMore(before: Refusals | undefined, nowMs: number): Refusals | undefined {
  const times = (before?.times ?? 0) + 1;
  return times >= REFUSALS_MAX ? undefined : { times, atMs: nowMs };
}

/** Whether it is time for the next one; a clock that was set back puts it off no longer. */
export function isRetryDue(refusals: Refusals | undefined, nowMs: number): boolean {
  if (!refusals) return true;
  const { times, atMs } = refusals;
  return Math.abs(nowMs - atMs) >= Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** (times - 1));
}
