import type { PollPhase } from './poll-schedule.js';

/**
 * Tells how long a job has been in its phase, for the poll schedule.
 *
 * Two clocks meet here. Ours says when we looked; Keboola's says when the job started, but runs on another machine.
 * The phase began between the last look that did not show it and the one that did, so Keboola's figure is believed
 * only within that interval: a wrong clock over there can then shift a poll by one step at most.
 */
export interface PhaseClock {
  phase: PollPhase;
  /** Our clock, epoch milliseconds. */
  startedAtMs: number;
  lastLookMs: number;
}

/** What one read tells the clock. */
export interface PhaseSeen {
  status: string;
  /** ISO 8601; both by Keboola's clock. */
  startTime?: string | undefined;
  serverTime?: string | undefined;
}

/** @param lastLookMs when it was known not to have started. */
export function startPhaseClock(nowMs: number, lastLookMs = nowMs): PhaseClock {
  return { phase: 'waiting', startedAtMs: nowMs, lastLookMs };
}

export function phaseAgeMs(clock: PhaseClock, nowMs: number): number {
  return Math.max(0, nowMs - clock.startedAtMs);
}

/** Statuses may go backwards (a job bounced by maintenance waits again), and each phase then starts anew. */
export function clockAfterRead(clock: PhaseClock, seen: PhaseSeen, nowMs: number): PhaseClock {
  const phase = phaseOf(seen.status, clock.phase);
  if (phase === clock.phase) return { ...clock, lastLookMs: nowMs };
  const claimedAgeMs = phase === 'processing' ? serverAgeMs(seen) : 0;
  return { phase, startedAtMs: Math.max(clock.lastLookMs, nowMs - claimedAgeMs), lastLookMs: nowMs };
}

/** An unknown status keeps the phase: it tells nothing about where the job is. */
function phaseOf(status: string, current: PollPhase): PollPhase {
  if (status === 'created' || status === 'waiting') return 'waiting';
  return status === 'processing' || status === 'terminating' ? status : current;
}

function serverAgeMs({ startTime, serverTime }: PhaseSeen): number {
  const ageMs = Date.parse(serverTime ?? '') - Date.parse(startTime ?? '');
  return Number.isFinite(ageMs) && ageMs > 0 ? ageMs : 0;
}
