import type { Writable } from './writable.js';

/** What each state that is carried on says of the run that has left it. */
export interface LeftRun {
  /** When the run before has ended by the clock of its waits, epoch milliseconds. */
  readonly leftAtMs?: number;
  /** A run of the chain came of a reset, so that the run which was given up may have done what no history tells. */
  readonly wasReset?: true;
}

/** The run is about to end, and the next one takes over what it knows. */
export function leaveRun(state: Writable<LeftRun>, nowMs: number, isReset: boolean): void {
  state.leftAtMs = nowMs;
  if (isReset) state.wasReset = true;
}
