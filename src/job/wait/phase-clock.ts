import type { PollPhase } from './poll-schedule.js';

/**
 * Tells the poll schedule how long a job has been in its phase.
 *
 * Two clocks meet here. Ours says when we read the job; Keboola's says when the job started, but runs on another
 * machine. The phase began between the last read that did not show it and the one that did, so Keboola's time is
 * believed only within that interval: a wrong clock over there can then shift a poll by one step at most.
 */
export interface PhaseClock {
  phase: PollPhase;
  /** Our clock, epoch milliseconds. */
  startedAtMs: number;
  lastLookMs: number;
}

/** What one read tells the phase clock. */
export interface PhaseSeen {
  status: string;
  /** Start of the job and time of the read, both by Keboola's clock, ISO 8601. */
  startTime?: string | undefined;
  serverTime?: string | undefined;
}

/** @param lastLookMs when the job was last known not to have started. */
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

/** An unknown status keeps the phase, because it does not say where the job is. */
function phaseOf(status: string, current: PollPhase): PollPhase {
  if (status === 'created' || status === 'waiting') return 'waiting';
  return status === 'processing' || status === 'terminating' ? status : current;
}

function serverAgeMs({ startTime, serverTime }: PhaseSeen): number {
  const ageMs = Date.parse(serverTime ?? '') - Date.parse(startTime ?? '');
  return Number.isFinite(ageMs) && ageMs > 0 ? ageMs : 0;
}
