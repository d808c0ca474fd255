import { compact } from '../text/document-fields.js';
import type { EndedJob } from './ended-job.js';
import { isRetryDue, refusedOnceMore, type Refusals } from './refused-nudges.js';

/**
 * Visibility shows a workflow a moment after it has written of which job it is, and on a busy server later. That of another
 * deployment, or of one that was deleted, is never shown, so that it is asked for ever less often.
 */
const ASK_AGAIN_MS = 60_000;
const PAUSE_MS_MIN = 1_000;
/** So many are asked for at a time; what is beyond it has its turn when it is shown once more. */
const UNMAPPED_MAX = 1_000;

/** A job that has ended, and whose workflow is not known or not nudged yet. */
export interface Unmapped {
  jobId: string;
  /** Keboola's clock. */
  endedMs: number;
  /** Since when it is asked for, our clock. */
  sinceMs: number;
  /** When it was asked for last, our clock. */
  askedMs?: number;
  /** Workflows that were nudged for it, and need it no more. */
  nudged?: readonly string[];
  /** Those of other workflows. */
  refusals?: Refusals;
}

/**
 * Adds jobs whose workflows are to be asked for, whatever the order of the list. Of too many the latest ends stay: who took
 * over from another watcher has missed those, and the others were told by that one, most likely.
 *
 * @returns also the ids of those that are not asked for: they have to count as not shown, or nobody would tell of them.
 */
export function withEnded(
  unmapped: readonly Unmapped[],
  ended: readonly Pick<EndedJob, 'jobId' | 'endedMs'>[],
  nowMs: number,
): { unmapped: Unmapped[]; dropped: string[] } {
  const known = new Set(unmapped.map(({ jobId }) => jobId));
  const added = ended
    .filter(({ jobId }) => !known.has(jobId))
    .map(({ jobId, endedMs }) => ({ jobId, endedMs, sinceMs: nowMs }));
  const all = [...unmapped, ...added];
  if (all.length <= UNMAPPED_MAX) return { unmapped: all, dropped: [] };
  all.sort((a, b) => b.endedMs - a.endedMs);
  return { unmapped: all.slice(0, UNMAPPED_MAX), dropped: all.slice(UNMAPPED_MAX).map(({ jobId }) => jobId) };
}

/** Those that are to be asked for now. */
export function dueOf(unmapped: readonly Unmapped[], nowMs: number): Unmapped[] {
  return unmapped.filter((one) => isRetryDue(one.refusals, nowMs) && isAskedAgain(one, nowMs));
}

/** After as long a time as it was asked for already, and for the last time when that is over. */
function isAskedAgain({ sinceMs, askedMs }: Unmapped, nowMs: number): boolean {
  if (askedMs === undefined) return true;
  const soFarMs = Math.abs(askedMs - sinceMs);
  const pauseMs = Math.max(PAUSE_MS_MIN, Math.min(soFarMs, ASK_AGAIN_MS - soFarMs));
  return Math.abs(nowMs - askedMs) >= pauseMs;
}

/** What came of asking for the workflows of a job. */
export interface AskedFor {
  /**
   * Whether a workflow is visible that may have created it, be it closed by now. One that has attached itself is nudged, too,
   * but it is not the one that relies on it.
   */
  isMapped: boolean;
  /** Workflows that were nudged. */
  nudged: readonly string[];
  /** One could not be, or none could be asked for. */
  isRefused: boolean;
}

/**
 * Leaves those that are to be asked for again, ever less often: for a minute, or for an hour where a nudge was refused.
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
    return refusals ? [compact({ ...still, refusals, sinceMs: nowMs, askedMs: undefined })] : [];
  }
  if (isMapped || Math.abs(nowMs - one.sinceMs) >= ASK_AGAIN_MS) return [];
  return [compact({ ...still, refusals: undefined, askedMs: nowMs })];
}
