import type { LifeState } from '../life-state.js';
import type { Writable } from './writable.js';

/** Somebody asks for a look now. */
export function askToLook(state: Writable<Pick<LifeState, 'nudged'>>): void {
  state.nudged = true;
}

/** A look is about to be taken. */
export function aboutToLook(state: Writable<Pick<LifeState, 'nudged'>>): void {
  state.nudged = false;
}

/** The next run begins with a read. */
export function leaveReadDue(state: Writable<LifeState>): void {
  state.readIsDue = true;
}

/** @returns whether the run before has left a read that is due; the caller takes it. */
export function takeReadDue(state: Writable<LifeState>): boolean {
  const isDue = state.readIsDue === true;
  delete state.readIsDue;
  return isDue;
}

/** Somebody reported the end of the job, and a read checks it now. */
export function endWasTold(state: Writable<LifeState>): void {
  state.nudgedInVain = true;
}
