import type { Fault } from './fault.js';

const LATE_SECONDS_DEFAULT = 40;

/** What goes wrong inside a creation, where no answer could show it. */
export interface Mishap {
  ticketsFail: boolean;
  neverQueued: boolean;
  /** The document is written so long after the ids were taken. */
  lateWriteSeconds: number | undefined;
}

/** The part of a fault that the handler itself has to play; undefined for faults that only touch the answer. */
export function mishapOf({ ticketsFail, neverQueued, lateWrite }: Fault): Mishap | undefined {
  if (ticketsFail === undefined && neverQueued === undefined && lateWrite === undefined) return undefined;
  const lateSeconds = lateWrite === true ? LATE_SECONDS_DEFAULT : lateWrite?.afterSeconds;
  return { ticketsFail: ticketsFail === true, neverQueued: neverQueued === true, lateWriteSeconds: lateSeconds };
}
