import { compact } from '../text/document-fields.js';
import type { EndedJob, EndedJobs } from './ended-job.js';
import { OVERLAP_MS, type LookVerdict } from './look.js';
import { isOurOwn } from './own-row.js';

/** Without a good look for longer than this and a tick nobody may rely on the next one. */
const GOOD_LOOK_MS_MAX = 30_000;
/** A job that is watched is read by its id so often. */
export const CANARY_EVERY_MS = 60_000;
/** So many reads of it may fail one after the other. */
const CANARIES_MISSED_MAX = 2;

/**
 * Why a watcher may be relied on: that an empty list means nothing is known, so it takes a list that has shown what it is
 * asked for, and that keeps doing so.
 */
export interface Health {
  /** Keboola's clock: the latest end of a job of ours that was shown in time. */
  provenMs?: number;
  /** Our clock, of the last look with that verdict. */
  goodLookMs?: number;
  /** Our clock: a job that is watched has been read by its id, and had not ended unseen. */
  canaryMs?: number;
  /** It had ended, and is not shown; whether in time is seen soon. */
  unseen?: EndedJob;
}

/** Our clock, and how often is looked at present. */
export interface Moment {
  nowMs: number;
  tickMs: number;
}

/**
 * Takes in a look. Where an end was missed, or may have been, the proof is gone, and only another end brings it back; so it
 * is where the list was ill for long.
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

/** Takes in that a job which is watched was read by its id; `ended` where it was over, and `isShown` if a look has said so. */
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

/** A clock that was set back tells nothing, so it counts against. */
function isRecent(atMs: number | undefined, msMax: number, { nowMs, tickMs }: Moment): boolean {
  return atMs !== undefined && Math.abs(nowMs - atMs) <= msMax + tickMs;
}

/** An index that is behind shows ends, too, but late ones. */
function latestInTime(jobs: readonly EndedJob[], serverMs: number | undefined): number | undefined {
  if (serverMs === undefined) return undefined;
  const inTime = jobs.filter(({ runId, endedMs }) => isOurOwn(runId) && Math.abs(serverMs - endedMs) <= OVERLAP_MS);
  return inTime.length === 0 ? undefined : Math.max(...inTime.map(({ endedMs }) => endedMs));
}
