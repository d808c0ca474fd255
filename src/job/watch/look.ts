import { compact } from '../text/document-fields.js';
import type { EndedJob, EndedJobs } from './ended-job.js';
import { isOurOwn } from './own-row.js';

/** Keboola's index lags by seconds, and the hosts that write the ends have clocks of their own. */
export const OVERLAP_MS = 15_000;
/** The index may lag by minutes, so a look asks for this much once in a while; every time would be too much. */
const WIDE_OVERLAP_MS = 600_000;
const WIDE_EVERY_MS = 60_000;
/** As many rows as two looks bring. What is forgotten too early is shown again, and one more nudge does no harm. */
const SHOWN_MAX = 5_000;
/** An end that is missing for longer than this is gone, and the list must prove itself anew (see `healthAfterLook`). */
const LACKING_MS_MAX = 60_000;

/** What a watcher has seen of a project so far. */
export interface Seen {
  /** Keboola's clock at the last look that missed nothing, epoch milliseconds: the next look can go on from there. */
  cursorMs: number;
  /** By job id, the shown ends that may be shown again, and those of `kept`; whole seconds of Keboola's clock. */
  shown: ReadonlyMap<string, number>;
  /** Keboola's clock: some of the ends before this were shown and have been forgotten. */
  knownFromMs: number;
  /** The jobs whose ends are not forgotten, and since when that holds for each, by Keboola's clock; see `withKept`. */
  kept: ReadonlyMap<string, number>;
  /** Our clock: when the last wide look was made. */
  wideMs: number;
  /** Our clock: since when something that was shown is missing. */
  lackingSinceMs?: number;
  /** Keboola's clock: all ends since then are shown, unless the list is ill; absent before the first whole look. */
  coveredMs?: number;
}

export interface LookRequest {
  /** Keboola's clock. */
  sinceMs: number;
  isWide: boolean;
}

/**
 * - `good`: everything that the index knows was shown.
 * - `partial`: only a part of a wide look was shown; nothing follows from it.
 * - `cut`: there was more than can be read, so an end may have been missed.
 * - `lacks`: something that was shown before is missing. An index that is ill reports nothing, or nothing recent.
 */
export type LookVerdict = 'good' | 'partial' | 'cut' | 'lacks';

export interface Looked {
  seen: Seen;
  /** Jobs of ours whose end was not shown before. Worth a nudge whatever the verdict is. */
  fresh: EndedJob[];
  verdict: LookVerdict;
}

/** @param cursorMs of the previous watcher; the first watcher takes our clock, which the first answer corrects. */
export function newSeen(cursorMs: number): Seen {
  const never = Number.NEGATIVE_INFINITY;
  return { cursorMs, shown: new Map(), knownFromMs: never, kept: new Map(), wideMs: never };
}

/** Never forgets the ends of these jobs, however old or many they are. Ends of other jobs are forgotten in time. */
export function withKept(seen: Seen, jobIds: readonly string[]): Seen {
  return { ...seen, kept: new Map(jobIds.map((jobId) => [jobId, seen.kept.get(jobId) ?? seen.knownFromMs])) };
}

/** @param nowMs our clock. */
export function nextLook({ cursorMs, wideMs, lackingSinceMs }: Seen, nowMs: number): LookRequest {
  // The missing end may be older than a short look goes back, which would then find nothing wrong. A clock that was set
  // back must not delay the wide look.
  const isWide = lackingSinceMs !== undefined || Math.abs(nowMs - wideMs) >= WIDE_EVERY_MS;
  return { sinceMs: cursorMs - (isWide ? WIDE_OVERLAP_MS : OVERLAP_MS), isWide };
}

/** Takes in what a look has shown; `nowMs` is our clock. */
export function takeLook(seen: Seen, request: LookRequest, ended: EndedJobs, nowMs: number): Looked {
  const verdict = verdictOf(seen, request, ended);
  // A part of a wide look does not show whether something is missing or not.
  const isLacking = verdict === 'lacks' || (verdict === 'partial' && seen.lackingSinceMs !== undefined);
  const lackingSinceMs = isLacking ? (seen.lackingSinceMs ?? nowMs) : undefined;
  const isGone = lackingSinceMs !== undefined && Math.abs(nowMs - lackingSinceMs) >= LACKING_MS_MAX;
  const fresh = ended.jobs.filter(({ jobId, runId, endedMs }) => isOurOwn(runId) && seen.shown.get(jobId) !== endedMs);
  // After `cut`, the same rows would be cut off again. If the answer does not tell Keboola's time, the cursor stays:
  // the next look brings more and misses nothing.
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

/** Takes back that these ends were shown, so the next look that shows them reports them anew. */
export function notShown(seen: Seen, jobIds: readonly string[]): Seen {
  if (jobIds.length === 0) return seen;
  const gone = new Set(jobIds);
  const latestMs = Math.max(...jobIds.map((jobId) => seen.shown.get(jobId) ?? Number.NEGATIVE_INFINITY));
  const coveredMs = seen.coveredMs === undefined ? undefined : Math.max(seen.coveredMs, latestMs + 1);
  return compact({ ...seen, shown: new Map([...seen.shown].filter(([jobId]) => !gone.has(jobId))), coveredMs });
}

/**
 * Whether `shown` must have this end if the list is well. The end may be older than the watch, or than what is
 * remembered if the job's workflow was held up; then its absence says nothing about the list.
 */
export function isToBeShown(
  { coveredMs, kept, knownFromMs }: Seen,
  { jobId, endedMs }: Pick<EndedJob, 'jobId' | 'endedMs'>,
): boolean {
  return coveredMs !== undefined && endedMs >= Math.max(coveredMs, kept.get(jobId) ?? knownFromMs);
}

/** If our clock is ahead, the look may have asked for ends that are still to come. */
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
  // The second in which the look starts is shown as a whole.
  const recent = all.filter(([, endedMs]) => endedMs > cursorMs - WIDE_OVERLAP_MS - 1_000);
  if (recent.length > SHOWN_MAX) recent.sort(([, a], [, b]) => b - a);
  const leftOutMs = recent[SHOWN_MAX]?.[1] ?? Number.NEGATIVE_INFINITY;
  return {
    shown: new Map([...recent.slice(0, SHOWN_MAX), ...all.filter(([jobId]) => kept.has(jobId))]),
    knownFromMs: Math.max(knownFromMs, cursorMs - WIDE_OVERLAP_MS, leftOutMs + 1),
  };
}
