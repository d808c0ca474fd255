import type { Budgets } from '../wait/budgets.js';
import { phaseAgeMs, type PhaseClock } from '../wait/phase-clock.js';
import type { PollPhase } from '../wait/poll-schedule.js';
import { isOurOwn } from './own-row.js';

/** Soon enough to learn of the start, the children and whatever else only a read shows. */
export const FIRST_READ_MS = 10_000;
const MINUTE_MS = 60_000;
/** Ages of a running job at which it is read although a watcher would report its end; after that, every hour. */
const BACKSTOP_MS = [30 * MINUTE_MS, 70 * MINUTE_MS];
export const BACKSTOP_EVERY_MS = 60 * MINUTE_MS;
const JITTER = 0.1;
/** Jitter may make a read early: once this share of an age is reached, its read is not made again. */
const REACHED = 1 - 1.5 * JITTER;
/**
 * A job that has run this long has spawned what it spawns at its start; an earlier question may show no children yet.
 */
const SPAWNED_MS = REACHED * FIRST_READ_MS;

/** What decides whether a wait may rely on being nudged. */
export interface WaitFacts {
  /** The latest answer said that a watcher can be relied on. */
  watched: boolean;
  /** The end was reported, but a read did not show it. */
  nudgedInVain: boolean;
  /** The job's run id, as it was sent and answered. */
  runId?: string;
  /** Somebody else started the job. */
  attached: boolean;
  /** The answer to the creation was lost, and the job was found. */
  found: boolean;
  /** Creations were given up whose jobs may still appear. */
  awaitsLateJobs: boolean;
  /** The workflow can be found in Temporal's lists by its search attributes. */
  isShown: boolean;
  /** It has jobs below it that are to be shown. */
  hasChildren: boolean;
  budgets: Budgets;
}

/**
 * Whether reading less often changes nothing but the cost: the end is reported, and no time limit is due for which the
 * job must be read. A workflow that was nudged in vain is not nudged again.
 */
export function mayRely(facts: WaitFacts): boolean {
  if (!facts.watched || !facts.isShown || facts.nudgedInVain) return false;
  if (facts.attached || facts.found || facts.awaitsLateJobs || facts.hasChildren) return false;
  return facts.runId !== undefined && isOurOwn(facts.runId) && !mayRunOut(facts.budgets);
}

/**
 * Whether jobs below another job were to be seen when they were asked for.
 *
 * @param clock the clock of that other job.
 */
export function showsChildren(clock: PhaseClock, askedMs: number): boolean {
  return clock.phase === 'processing' && phaseAgeMs(clock, askedMs) >= SPAWNED_MS;
}

/** A job whose end a watcher will report. */
export interface ToldJob {
  phase: PollPhase;
  /** How long it has been in that phase. */
  ageMs: number;
  /** Whether it has children is known, or does not matter. */
  knowsChildren: boolean;
  /** Uniform in [0, 1); inside a workflow this must be the deterministic one. */
  random: () => number;
}

/**
 * When to read a job whose end a watcher will report.
 *
 * @returns undefined if the plain schedule applies: to see a waiting job start, for a job being stopped, which ends
 * soon, and while the children of a running job could not be asked for yet.
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
  // Jitter makes each read a bit early or late, so an hour that is almost over counts as over.
  const hours = Math.floor((ageMs - latest + (1 - REACHED) * BACKSTOP_EVERY_MS) / BACKSTOP_EVERY_MS);
  return latest + (Math.max(0, hours) + 1) * BACKSTOP_EVERY_MS;
}

/** Whether a limit may run out. A limit set later is heard at once, and the wait then looks at its schedule anew. */
function mayRunOut({ queueTimeoutMs, runTimeoutMs, runningSinceMs }: Budgets): boolean {
  return runTimeoutMs !== undefined || (queueTimeoutMs !== undefined && runningSinceMs === undefined);
}
