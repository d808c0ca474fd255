import type { Budgets } from '../wait/budgets.js';
import { phaseAgeMs, type PhaseClock } from '../wait/phase-clock.js';
import type { PollPhase } from '../wait/poll-schedule.js';
import { isOurOwn } from './own-row.js';

/** Start, children and whatever else only a read tells are known soon. */
export const FIRST_READ_MS = 10_000;
const MINUTE_MS = 60_000;
/** Ages of a running job at which it is read although a watcher would tell of its end; then every hour. */
const BACKSTOP_MS = [30 * MINUTE_MS, 70 * MINUTE_MS];
export const BACKSTOP_EVERY_MS = 60 * MINUTE_MS;
const JITTER = 0.1;
/** A read that the jitter has made early is not made again. */
const REACHED = 1 - 1.5 * JITTER;
/** A job that has run for so long has spawned what it spawns as it starts: whoever asks sooner may see no children yet. */
const SPAWNED_MS = REACHED * FIRST_READ_MS;

/** What decides whether a wait may rely on being nudged. */
export interface WaitFacts {
  /** The latest answer said that a watcher may be relied on. */
  watched: boolean;
  /** The end was told, and a read has not shown it. */
  nudgedInVain: boolean;
  /** As it was sent and answered. */
  runId?: string;
  /** Somebody else has started the job. */
  attached: boolean;
  /** The answer to the creation was lost, and the job was found. */
  found: boolean;
  /** Creations were given up whose jobs may come. */
  awaitsLateJobs: boolean;
  /** By what it shows in Temporal's lists the workflow can be found. */
  isShown: boolean;
  /** It has jobs below it that are to be shown. */
  hasChildren: boolean;
  budgets: Budgets;
}

/**
 * Whether fewer reads can change nothing but the cost: the end is told, and no verdict of time is due for which the job has
 * to be seen. Who was nudged for nothing will not be nudged again.
 */
export function mayRely(facts: WaitFacts): boolean {
  if (!facts.watched || !facts.isShown || facts.nudgedInVain) return false;
  if (facts.attached || facts.found || facts.awaitsLateJobs || facts.hasChildren) return false;
  return facts.runId !== undefined && isOurOwn(facts.runId) && !mayRunOut(facts.budgets);
}

/** Whether jobs that lie below another one were to be seen when they were asked for. @param clock of that one. */
export function showsChildren(clock: PhaseClock, askedMs: number): boolean {
  return clock.phase === 'processing' && phaseAgeMs(clock, askedMs) >= SPAWNED_MS;
}

/** A job whose end will be told. */
export interface ToldJob {
  phase: PollPhase;
  /** How long it has been in that phase. */
  ageMs: number;
  /** Whether it has children is known, or of no interest. */
  knowsChildren: boolean;
  /** Uniform in [0, 1); inside a workflow this must be the deterministic one. */
  random: () => number;
}

/**
 * When to read a job whose end will be told.
 *
 * @returns undefined where the plain schedule counts: a job that waits for its start is seen to start, one that is being
 *   stopped ends soon, and of one whose children could not be asked for they are to be known.
 */
export function stretchedDelayMs({ phase, ageMs, knowsChildren, random }: ToldJob): number | undefined {
  if (phase === 'terminating') return undefined;
  const dueMs = phase === 'waiting' || !knowsChildren ? firstRead(ageMs) : nextBackstop(ageMs);
  if (dueMs === undefined) return undefined;
  const jitter = 1 + JITTER * (2 * random() - 1);
  return Math.round((dueMs - ageMs) * jitter);
}

function firstRead(ageMs: number): number | undefined {
  return ageMs < SPAWNED_MS ? FIRST_READ_MS : undefined;
}

function nextBackstop(ageMs: number): number {
  const early = BACKSTOP_MS.find((atMs) => ageMs < REACHED * atMs);
  if (early !== undefined) return early;
  const latest = BACKSTOP_MS.at(-1) ?? 0;
  // What is left of the hour may be little, since each read is a bit early or late.
  const hours = Math.floor((ageMs - latest + (1 - REACHED) * BACKSTOP_EVERY_MS) / BACKSTOP_EVERY_MS);
  return latest + (Math.max(0, hours) + 1) * BACKSTOP_EVERY_MS;
}

/** A limit that is set later is heard at once, and the wait looks at its schedule anew. */
function mayRunOut({ queueTimeoutMs, runTimeoutMs, runningSinceMs }: Budgets): boolean {
  return runTimeoutMs !== undefined || (queueTimeoutMs !== undefined && runningSinceMs === undefined);
}
