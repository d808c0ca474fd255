import type { CreatedJob } from '../create/creation.js';
import type { JobView } from '../job-view.js';
import { overdue, type Budgets, type Deadline } from './budgets.js';
import { phaseAgeMs, type PhaseClock } from './phase-clock.js';
import type { Finality } from './status.js';
import type { WaitReason } from './wait-reason.js';

/** How a wait for a job ends. */
export type WaitEnd =
  | { kind: 'over'; view: JobView }
  | { kind: 'out-of-time'; deadline: Deadline }
  /** A job that a search found, that nothing holds back and that does not start: it was stored but never queued. */
  | { kind: 'ghost' };

/** What reads have shown that another read must confirm before it is believed. */
export interface Doubts {
  /** A status that we do not know and that claims to be final. */
  status?: string;
  seemsGhost: boolean;
}

export const NO_DOUBTS: Doubts = { seemsGhost: false };

/** What a read means for the wait. */
export type Verdict =
  | WaitEnd
  /** The job ended with a status that we do not know. */
  | { kind: 'unknown-status' }
  /** The wait goes on. */
  | { kind: 'on'; doubts: Doubts };

/** What is known of the job, this read included. */
interface Known {
  created?: CreatedJob;
  budgets: Budgets;
  clock: PhaseClock;
}

/** A job that nothing picks up for this long was never queued. */
export const GHOST_AFTER_MS = 15 * 60_000;

/**
 * Whether a read was the last one. The end of the job takes precedence over a limit that it only just kept.
 *
 * @param before what earlier reads left to be confirmed.
 */
export function verdictOn(
  known: Known,
  { view, waitsFor }: { view: JobView; waitsFor?: WaitReason },
  finality: Finality,
  before: Doubts,
  nowMs: number,
): Verdict {
  if (finality === 'final') return { kind: 'over', view };
  const deadline = overdue(known.budgets, nowMs);
  if (deadline) return { kind: 'out-of-time', deadline };
  // Needs two reads: status and reasons are two answers, and the lock or the limit may have released the job in
  // between.
  const seemsGhost = waitsFor ? looksLikeGhost(known, waitsFor, nowMs) : before.seemsGhost;
  if (waitsFor && seemsGhost && before.seemsGhost) return { kind: 'ghost' };
  if (finality !== 'doubtful') return { kind: 'on', doubts: { seemsGhost } };
  if (view.status === before.status) return { kind: 'unknown-status' };
  return { kind: 'on', doubts: { status: view.status, seemsGhost } };
}

function looksLikeGhost({ created, budgets, clock }: Known, waitsFor: WaitReason, nowMs: number): boolean {
  if (!created?.found || waitsFor.kind !== 'nothing' || budgets.runningSinceMs !== undefined) return false;
  return phaseAgeMs(clock, nowMs) >= GHOST_AFTER_MS;
}
