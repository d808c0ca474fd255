import { compact } from '../text/document-fields.js';
import type { EndedJob, EndedJobs } from './ended-job.js';
import { isOurOwn } from './own-row.js';

/** An index lags by seconds, and the hosts that write the ends have clocks of their own. */
export const OVERLAP_MS = 15_000;
/** It may lag by minutes, so that much is asked for once in a while: with each look it would be too much. */
const WIDE_OVERLAP_MS = 600_000;
const WIDE_EVERY_MS = 60_000;
/** As many rows as two looks bring; what is forgotten too early is shown once more, and a nudge more does no harm. */
const SHOWN_MAX = 5_000;
/** What is missing for longer than this is gone, and the list has to prove itself anew (see `healthAfterLook`). */
const LACKING_MS_MAX = 60_000;

/** What a watcher has seen of a project so far. */
export interface Seen {
  /** Keboola's clock at the last look that has missed nothing, epoch milliseconds: it is enough to go on from. */
  cursorMs: number;
  /** The ends that were shown, by job id: those that may be shown again, and those of `kept`; whole seconds of Keboola's clock. */
  shown: ReadonlyMap<string, number>;
  /** Keboola's clock: of ends that are older some were shown and are forgotten. */
  knownFromMs: number;
  /** The jobs whose ends are not forgotten, and from when on that holds for each, Keboola's clock; see `withKept`. */
  kept: ReadonlyMap<string, number>;
  /** When much was asked for, our clock. */
  wideMs: number;
  /** Since when something that was shown is missing, our clock. */
  lackingSinceMs?: number;
  /** Keboola's clock: all ends since then are shown, unless the list is ill; absent before a look that was whole. */
  coveredMs?: number;
}

export interface LookRequest {
  /** Keboola's clock. */
  sinceMs: number;
  isWide: boolean;
}

/**
 * - `good`: all that the index knows was shown.
 * - `partial`: of very much only a part; nothing follows from it.
 * - `cut`: there was more than can be read, so that an end may have been missed.
 * - `lacks`: what was shown before is missing. An index that is ill says that there is nothing, or nothing of late.
 */
export type LookVerdict = 'good' | 'partial' | 'cut' | 'lacks';

export interface Looked {
  seen: Seen;
  /** Jobs of ours whose end was not shown before. Worth a nudge whatever the verdict is. */
  fresh: EndedJob[];
  verdict: LookVerdict;
}

/** @param cursorMs of the watcher before; the first one of all has our clock, and the first answer puts it right. */
export function newSeen(cursorMs: number): Seen {
  const never = Number.NEGATIVE_INFINITY;
  return { cursorMs, shown: new Map(), knownFromMs: never, kept: new Map(), wideMs: never };
}

/** Does not forget the ends of these jobs, however old they get and how many there are. Those of others it forgets in time. */
export function withKept(seen: Seen, jobIds: readonly string[]): Seen {
  return { ...seen, kept: new Map(jobIds.map((jobId) => [jobId, seen.kept.get(jobId) ?? seen.knownFromMs])) };
}

/** @param nowMs our clock. */
export function nextLook({ cursorMs, wideMs, lackingSinceMs }: Seen, nowMs: number): LookRequest {
  // What is missing may be older than a short look goes back, which would find nothing wrong. A clock that was set back must
  // not put it off.
  const isWide = lackingSinceMs !== undefined || Math.abs(nowMs - wideMs) >= WIDE_EVERY_MS;
  return { sinceMs: cursorMs - (isWide ? WIDE_OVERLAP_MS : OVERLAP_MS), isWide };
}

/** Takes in what a look has shown; `nowMs` is our clock. */
export function takeLook(seen: Seen, request: LookRequest, ended: EndedJobs, nowMs: number): Looked {
  const verdict = verdictOf(seen, request, ended);
  // Of very much only a part says nothing of what is missing, neither that it is there nor that it is not.
  const isLacking = verdict === 'lacks' || (verdict === 'partial' && seen.lackingSinceMs !== undefined);
  const lackingSinceMs = isLacking ? (seen.lackingSinceMs ?? nowMs) : undefined;
  const isGone = lackingSinceMs !== undefined && Math.abs(nowMs - lackingSinceMs) >= LACKING_MS_MAX;
  const fresh = ended.jobs.filter(({ jobId, runId, endedMs }) => isOurOwn(runId) && seen.shown.get(jobId) !== endedMs);
  // What was cut off would be cut off again. An answer that does not tell Keboola's time moves nothing on: the next one
  // brings more, and misses nothing.
  const movesOn = verdict === 'good' || verdict === 'cut' || isGone;
  const cursorMs = movesOn ? (ended.serverMs ?? seen.cursorMs) : seen.cursorMs;
  const { kept } = seen;
  const remembered = remember({ ...seen, ...(isGone && { shown: new Map() }) }, ended, cursorMs);
  const wideMs = request.isWide ? nowMs : seen.wideMs;
  const stillLackingMs = isGone ? undefined : lackingSinceMs;
  const coveredBeforeMs = verdict === 'cut' || isGone ? undefined : seen.coveredMs;
  const coveredMs = coveredBeforeMs ?? coveredBy(request, ended);
  const after = { cursorMs, ...remembered, kept, wideMs, lackingSinceMs: stillLackingMs, coveredMs };
  return { seen: compact(after), fresh, verdict };
}

/** Takes back that these ends were shown: the next look that shows them tells of them anew. */
export function notShown(seen: Seen, jobIds: readonly string[]): Seen {
  if (jobIds.length === 0) return seen;
  const gone = new Set(jobIds);
  const latestMs = Math.max(...jobIds.map((jobId) => seen.shown.get(jobId) ?? Number.NEGATIVE_INFINITY));
  const coveredMs = seen.coveredMs === undefined ? undefined : Math.max(seen.coveredMs, latestMs + 1);
  return compact({ ...seen, shown: new Map([...seen.shown].filter(([jobId]) => !gone.has(jobId))), coveredMs });
}

/**
 * Whether `shown` has this end if the list is well. It may be older than the watch, or than what is remembered, of a job whose
 * workflow was held up: then that it is not there says nothing of the list.
 */
export function isToBeShown(
  { coveredMs, kept, knownFromMs }: Seen,
  { jobId, endedMs }: Pick<EndedJob, 'jobId' | 'endedMs'>,
): boolean {
  return coveredMs !== undefined && endedMs >= Math.max(coveredMs, kept.get(jobId) ?? knownFromMs);
}

/** A clock of ours that is ahead may have asked for what is still to come. */
function coveredBy({ sinceMs }: LookRequest, { isWhole, serverMs }: EndedJobs): number | undefined {
  return isWhole && serverMs !== undefined ? Math.min(sinceMs, serverMs) : undefined;
}

function verdictOf({ shown }: Seen, { sinceMs, isWide }: LookRequest, { jobs, isWhole }: EndedJobs): LookVerdict {
  if (!isWhole) return isWide ? 'partial' : 'cut';
  const here = new Set(jobs.map(({ jobId }) => jobId));
  return [...shown].some(([jobId, endedMs]) => endedMs >= sinceMs && !here.has(jobId)) ? 'lacks' : 'good';
}

function remember(
  { shown, knownFromMs, kept }: Seen,
  { jobs }: EndedJobs,
  cursorMs: number,
): Pick<Seen, 'shown' | 'knownFromMs'> {
  const all = [...new Map([...shown, ...jobs.map(({ jobId, endedMs }): [string, number] => [jobId, endedMs])])];
  // The second in which it was asked for is shown as a whole.
  const recent = all.filter(([, endedMs]) => endedMs > cursorMs - WIDE_OVERLAP_MS - 1_000);
  if (recent.length > SHOWN_MAX) recent.sort(([, a], [, b]) => b - a);
  const leftOutMs = recent[SHOWN_MAX]?.[1] ?? Number.NEGATIVE_INFINITY;
  return {
    shown: new Map([...recent.slice(0, SHOWN_MAX), ...all.filter(([jobId]) => kept.has(jobId))]),
    knownFromMs: Math.max(knownFromMs, cursorMs - WIDE_OVERLAP_MS, leftOutMs + 1),
  };
}
