import { doublingMs } from '../wait/doubling.js';

/** A refused nudge is sent again after this time, then at ever longer intervals. */
const RETRY_MS_MIN = 1_000;
const RETRY_MS_MAX = 60_000;
/** An hour of retries: by then a sleeping workflow has read its job by itself. */
const REFUSALS_MAX = 64;

/** Nudges in a row to one job's workflows that Temporal has refused. */
export interface Refusals {
  times: number;
  /** When the last one was refused, by a clock that nobody can set. */
  atMs: number;
}

/** @returns undefined if the nudge should not be retried. */
export function refusedOnceMore(before: Refusals | undefined, steadyMs: number): Refusals | undefined {
  const times = (before?.times ?? 0) + 1;
  return times >= REFUSALS_MAX ? undefined : { times, atMs: steadyMs };
}

/** Whether the next retry is due. */
export function isRetryDue(refusals: Refusals | undefined, steadyMs: number): boolean {
  if (!refusals) return true;
  const { times, atMs } = refusals;
  return steadyMs - atMs >= doublingMs(times - 1, RETRY_MS_MIN, RETRY_MS_MAX);
}
