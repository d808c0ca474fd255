import { compact } from '../text/document-fields.js';
import type { EndedJob } from './ended-job.js';
import { isRetryDue, refusedOnceMore, type Refusals } from './refused-nudges.js';

/**
 * Visibility shows which job a workflow has a moment after the workflow has written it, and later on a busy server. A
 * workflow of another deployment, or a deleted one, never shows up, so the watcher asks for it ever less often.
 */
const ASK_AGAIN_MS = 60_000;
const PAUSE_MS_MIN = 1_000;
/** Most workflows asked for at a time; the rest get their turn when their jobs are shown again. */
const UNMAPPED_MAX = 1_000;

/**
 * A job that has ended, and whose workflow is not known or not nudged yet. All times but `endedMs` are by a clock that
 * nobody can set; no other process takes them over.
 */
export interface Unmapped {
  jobId: string;
  /** Keboola's clock. */
  endedMs: number;
  /** Since when the watcher has asked for its workflow. */
  sinceMs: number;
  /** When the watcher last asked for it. */
  askedMs?: number;
  /** Workflows that were nudged for the job, and need no further nudge. */
  nudged?: readonly string[];
  /** Refused nudges of its other workflows. */
  refusals?: Refusals;
}

/**
 * Adds jobs whose workflows to ask for, in any order. If there are too many, the latest ends stay: a watcher that took
 * over has missed those, while the previous watcher most likely reported the others.
 *
 * @returns also the ids of the jobs that are left out: they must count as not shown, or nobody would report them.
 */
export function withEnded(
  unmapped: readonly Unmapped[],
  ended: readonly Pick<EndedJob, 'jobId' | 'endedMs'>[],
  steadyMs: number,
): { unmapped: Unmapped[]; dropped: string[] } {
  const known = new Set(unmapped.map(({ jobId }) => jobId));
  const added = ended
    .filter(({ jobId }) => !known.has(jobId))
    .map(({ jobId, endedMs }) => ({ jobId, endedMs, sinceMs: steadyMs }));
  const all = [...unmapped, ...added];
  if (all.length <= UNMAPPED_MAX) return { unmapped: all, dropped: [] };
  all.sort((a, b) => b.endedMs - a.endedMs);
  return { unmapped: all.slice(0, UNMAPPED_MAX), dropped: all.slice(UNMAPPED_MAX).map(({ jobId }) => jobId) };
}

/** The jobs whose workflows to ask for now. */
export function dueOf(unmapped: readonly Unmapped[], steadyMs: number): Unmapped[] {
  return unmapped.filter((one) => isRetryDue(one.refusals, steadyMs) && isAskedAgain(one, steadyMs));
}

/** Waits as long as it has already asked, and asks for the last time when the whole time is over. */
function isAskedAgain({ sinceMs, askedMs }: Unmapped, steadyMs: number): boolean {
  if (askedMs === undefined) return true;
  const soFarMs = askedMs - sinceMs;
  const pauseMs = Math.max(PAUSE_MS_MIN, Math.min(soFarMs, ASK_AGAIN_MS - soFarMs));
  return steadyMs - askedMs >= pauseMs;
}

/** What asking for the workflows of a job has brought. */
export interface AskedFor {
  /**
   * Whether a workflow is visible that may have created the job, even if it has closed by now. A workflow that has
   * attached to the job is nudged, too, but it does not rely on the watcher.
   */
  isMapped: boolean;
  /** Workflows that were nudged. */
  nudged: readonly string[];
  /** A workflow could not be nudged, or the workflows could not be asked for. */
  isRefused: boolean;
}

/**
 * Keeps the jobs to ask for again, ever less often: for a minute, or for an hour if a nudge was refused.
 *
 * @param asked by job id; the workflows of other jobs were not asked for.
 */
export function stillUnmapped(
  unmapped: readonly Unmapped[],
  asked: ReadonlyMap<string, AskedFor>,
  steadyMs: number,
): Unmapped[] {
  return unmapped.flatMap((one) => {
    const answer = asked.get(one.jobId);
    return answer ? afterAsking(one, answer, steadyMs) : [one];
  });
}

function afterAsking(one: Unmapped, { isMapped, nudged, isRefused }: AskedFor, steadyMs: number): Unmapped[] {
  const all = [...(one.nudged ?? []), ...nudged];
  const still = { ...one, ...(all.length > 0 && { nudged: all }) };
  if (isRefused) {
    const refusals = refusedOnceMore(one.refusals, steadyMs);
    return refusals ? [compact({ ...still, refusals, sinceMs: steadyMs, askedMs: undefined })] : [];
  }
  if (isMapped || steadyMs - one.sinceMs >= ASK_AGAIN_MS) return [];
  return [compact({ ...still, refusals: undefined, askedMs: steadyMs })];
}
