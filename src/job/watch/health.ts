import { compact } from '../text/document-fields.js';
import type { EndedJob, EndedJobs } from './ended-job.js';
import { OVERLAP_MS, type LookVerdict } from './look.js';
import { isOurOwn } from './own-row.js';

/** If the last good look is older than this plus one tick, nobody may rely on the watcher. */
const GOOD_LOOK_MS_MAX = 30_000;
/** How often one of the watched jobs is read by its id, as a canary. */
export const CANARY_EVERY_MS = 60_000;
/** How many canary reads in a row may fail. */
const CANARIES_MISSED_MAX = 2;

/**
 * Why workflows may rely on a watcher. An empty list could mean that nothing is known, so the list must have shown what
 * it is asked for, and must keep doing so.
 */
export interface Health {
  /** Keboola's clock: the latest end of a job of ours that was shown in time. */
  provenMs?: number;
  /** Our clock: the last look with the verdict `good`. */
  goodLookMs?: number;
  /** Our clock: the last time a watched job was read by its id and had not ended unseen. */
  canaryMs?: number;
  /** A job that had ended but is not shown. The next looks tell whether it is shown in time. */
  unseen?: EndedJob;
}

/** Our clock, and how often the watcher looks at present. */
export interface Moment {
  nowMs: number;
  tickMs: number;
}

/** The same moment, also by a clock that nobody can set. */
export interface SteadyMoment extends Moment {
  steadyMs: number;
}

/**
 * Takes in a look. If an end was missed, or may have been, the proof is gone until another end is shown in time. The
 * same goes for a list that was ill for long.
 */
export function healthAfterLook(
  health: Health,
  { verdict, jobs, serverMs }: { verdict: LookVerdict } & Pick<EndedJobs, 'jobs' | 'serverMs'>,
  moment: Moment,
): Health {
  const unseen = jobs.some(({ jobId }) => jobId === health.unseen?.jobId) ? undefined : health.unseen;
  const isMissed = unseen !== undefined && serverMs !== undefined && serverMs - unseen.endedMs > OVERLAP_MS;
  if (verdict === 'cut' || isMissed) return compact({ ...health, unseen: undefined, provenMs: undefined });
  if (verdict !== 'good') return compact({ ...health, unseen });
  const provenMs = latestInTime(jobs, serverMs) ?? (hasGoodLook(health, moment) ? health.provenMs : undefined);
  return compact({ ...health, unseen, provenMs, goodLookMs: moment.nowMs });
}

/** Takes in a canary read: `ended` if the job was over, and `isShown` if a look had already shown that. */
export function healthAfterCanary(
  health: Health,
  { ended, isShown }: { ended?: EndedJob | undefined; isShown: boolean },
  nowMs: number,
): Health {
  if (health.unseen) return health;
  return ended && !isShown ? { ...health, unseen: ended } : { ...health, canaryMs: nowMs };
}

/** Whether workflows may sleep and rely on being nudged. */
export function isHealthy(health: Health, moment: Moment): boolean {
  const { provenMs, canaryMs } = health;
  const hasCanary = isRecent(canaryMs, (1 + CANARIES_MISSED_MAX) * CANARY_EVERY_MS, moment);
  return provenMs !== undefined && hasCanary && hasGoodLook(health, moment);
}

function hasGoodLook({ goodLookMs }: Health, moment: Moment): boolean {
  return isRecent(goodLookMs, GOOD_LOOK_MS_MAX, moment);
}

/** A clock that was set back proves nothing, so it counts as not recent. */
function isRecent(atMs: number | undefined, msMax: number, { nowMs, tickMs }: Moment): boolean {
  return atMs !== undefined && Math.abs(nowMs - atMs) <= msMax + tickMs;
}

/** An index that lags shows ends, too, but late. */
function latestInTime(jobs: readonly EndedJob[], serverMs: number | undefined): number | undefined {
  if (serverMs === undefined) return undefined;
  const inTime = jobs.filter(({ runId, endedMs }) => isOurOwn(runId) && Math.abs(serverMs - endedMs) <= OVERLAP_MS);
  return inTime.length === 0 ? undefined : Math.max(...inTime.map(({ endedMs }) => endedMs));
}
