import { compact } from '../text/document-fields.js';
import { isRetryDue, refusedOnceMore, type Refusals } from './refused-nudges.js';

/** Visibility shows a workflow a moment after it has written of which job it is, and on a busy server later. */
const ASK_AGAIN_MS = 60_000;
/** What is beyond it is not asked for again; its workflow looks by itself, though late. */
const UNMAPPED_MAX = 1_000;

/** A job that has ended, and whose workflow is not known or not nudged yet. */
export interface Unmapped {
  jobId: string;
  /** Since when it is asked for, our clock. */
  sinceMs: number;
  /** Workflows that were nudged for it, and need it no more. */
  nudged?: readonly string[];
  /** Those of other workflows. */
  refusals?: Refusals;
}

/** Adds jobs whose workflows are to be asked for. */
export function withEnded(unmapped: readonly Unmapped[], jobIds: readonly string[], nowMs: number): Unmapped[] {
  const known = new Set(unmapped.map(({ jobId }) => jobId));
  const added = jobIds.filter((jobId) => !known.has(jobId)).map((jobId) => ({ jobId, sinceMs: nowMs }));
  return [...unmapped, ...added].slice(-UNMAPPED_MAX);
}

/** Those that are to be asked for now. */
export function dueOf(unmapped: readonly Unmapped[], nowMs: number): Unmapped[] {
  return unmapped.filter(({ refusals }) => isRetryDue(refusals, nowMs));
}

/** What came of asking for the workflows of a job. */
export interface AskedFor {
  /**
   * Whether a workflow is visible that may have created it. One that has attached itself is nudged, too, but it is not the
   * one that relies on it.
   */
  isMapped: boolean;
  /** Workflows that were nudged. */
  nudged: readonly string[];
  /** One could not be. */
  isRefused: boolean;
}

/**
 * Leaves those that are to be asked for again; a nudge that was refused, ever less often, as long as its workflow is visible.
 *
 * @param asked by the ids of jobs; others were not asked for.
 */
export function stillUnmapped(
  unmapped: readonly Unmapped[],
  asked: ReadonlyMap<string, AskedFor>,
  nowMs: number,
): Unmapped[] {
  return unmapped.flatMap((one) => {
    const answer = asked.get(one.jobId);
    return answer ? afterAsking(one, answer, nowMs) : [one];
  });
}

function afterAsking(one: Unmapped, { isMapped, nudged, isRefused }: AskedFor, nowMs: number): Unmapped[] {
  const all = [...(one.nudged ?? []), ...nudged];
  const still = { ...one, ...(all.length > 0 && { nudged: all }) };
  if (isRefused) {
    const refusals = refusedOnceMore(one.refusals, nowMs);
    return refusals ? [{ ...still, refusals, sinceMs: nowMs }] : [];
  }
  if (isMapped || Math.abs(nowMs - one.sinceMs) >= ASK_AGAIN_MS) return [];
  return [compact({ ...still, refusals: undefined })];
}
