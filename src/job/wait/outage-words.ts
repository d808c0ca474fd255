import type { NoAnswer } from '../failure/no-answer.js';
import { durationText } from '../text/time-text.js';
import { outageLeftMs, TOO_LONG, type Borne, type GivenUpAs, type Outage } from './outage.js';

type Again = Extract<Borne, { kind: 'again' }>;

/** How to describe an outage of Keboola, depending on what exists meanwhile. */
export interface OutageWords {
  /** What exists when the workflow gives up. */
  atTheEnd: string;
  /** What the workflow waits for. */
  note: (answer: NoAnswer, again: Again, nowMs: number) => string;
}

/** For a job that is not created yet. */
export const NO_JOB_YET = askingAgain('No job yet', 'No job was created');

/** For a pipeline that is not checked yet. */
export const NOTHING_STARTED = askingAgain('Nothing has started yet');

/** For a job that is over, about which the workflow asks something else. */
export function afterTheJob({ jobId, url }: { jobId: string; url: string }): OutageWords {
  return askingAgain(`Job ${jobId} has finished (${url})`);
}

/** For a job that is read until it is over; the workflow shows the time of the next read elsewhere. */
export function whileItRuns(jobId: string, place: string): OutageWords {
  return {
    atTheEnd: `Job ${jobId} may still run (${place})`,
    note: ({ deferredMs, message }, { outage }, nowMs) =>
      deferredMs !== undefined || !outage ? message : `${silenceText(outage, nowMs)}: ${message}`,
  };
}

/** The message of the failure that the workflow closes with. */
export function givenUpText({ atTheEnd }: OutageWords, as: GivenUpAs, { message }: NoAnswer): string {
  return `${atTheEnd}. ${TOO_LONG[as]}. Last answer: ${message}`;
}

function askingAgain(meanwhile: string, atTheEnd = meanwhile): OutageWords {
  return {
    atTheEnd,
    note: ({ message }, { outage, delayMs }, nowMs) => {
      const left = outage ? ` (giving up in ${durationText(outageLeftMs(outage, nowMs))})` : '';
      return `${meanwhile}; asking again in ${durationText(delayMs)}${left}: ${message}`;
    },
  };
}

function silenceText({ sinceMs, tokenRefusedSinceMs }: Outage, nowMs: number): string {
  const isRefused = tokenRefusedSinceMs !== undefined;
  const minutes = Math.round((nowMs - (isRefused ? tokenRefusedSinceMs : sinceMs)) / 60_000);
  const what = isRefused ? 'Keboola has refused the token' : 'Keboola has given no usable answer';
  return minutes === 0 ? what : `${what} for ${minutes} min`;
}
