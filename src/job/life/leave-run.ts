import type { Writable } from './writable.js';

/** The part of every carried state that tells about the previous run. */
export interface LeftRun {
  /** When the previous run ended by the clock of its waits, epoch milliseconds. */
  readonly leftAtMs?: number;
  /** A run of the chain came from a reset, so the discarded run may have done what no history shows. */
  readonly wasReset?: true;
}

/** The run is about to end, and the next one takes over its state. */
export function leaveRun(state: Writable<LeftRun>, nowMs: number, isReset: boolean): void {
  state.leftAtMs = nowMs;
  if (isReset) state.wasReset = true;
}
