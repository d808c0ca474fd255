import type { Fault } from './fault.js';

const LATE_SECONDS_DEFAULT = 40;

/** What goes wrong inside a create call, invisible in its answer. */
export interface Mishap {
  ticketsFail: boolean;
  neverQueued: boolean;
  /** How long after the ids were taken the document is written. */
  lateWriteSeconds: number | undefined;
  /** The error with which the job of a Storage operation ends without doing anything. */
  jobFails: { code: string; message: string } | undefined;
  /** How long the job of a Storage operation works. */
  jobSeconds: number | undefined;
}

/** The part of a fault that the handler itself plays; undefined for faults that only affect the answer. */
export function mishapOf(fault: Fault): Mishap | undefined {
  const { ticketsFail, neverQueued, lateWrite, jobFails, jobSeconds } = fault;
  if ([ticketsFail, neverQueued, lateWrite, jobFails, jobSeconds].every((part) => part === undefined)) return undefined;
  return {
    ticketsFail: ticketsFail === true,
    neverQueued: neverQueued === true,
    jobSeconds,
    lateWriteSeconds: lateWrite === true ? LATE_SECONDS_DEFAULT : lateWrite?.afterSeconds,
    jobFails: jobFails === undefined ? undefined : failureOf(jobFails),
  };
}

function failureOf(fault: NonNullable<Fault['jobFails']>): { code: string; message: string } {
  const { code = 'sandbox.fault', message = 'A fault of the sandbox' } = fault === true ? {} : fault;
  return { code, message };
}
