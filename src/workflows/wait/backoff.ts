import type { NoAnswer } from '../../job/failure/no-answer.js';
import { backoffMs, givenUpAs, outageLeftMs, outageAfter, type Outage } from '../../job/wait/outage.js';
import { durationText } from '../../job/text/time-text.js';
import { failure } from '../failures.js';
import type { SteadyClock } from '../steady-clock.js';

/** Whoever waits for an answer of Keboola, and can tell so. */
interface Waiting {
  state: { outage?: Outage };
  time: SteadyClock;
  note(text: string): void;
  /** What is made already, for people. Nothing, where it is absent. */
  made?: string | undefined;
}

/**
 * Bears with one more question that was not answered, and says so.
 *
 * @returns the delay until the next one.
 * @throws ApplicationFailure `TokenRefused`, `KeboolaUnreachable` when it has lasted too long.
 */
export function backoff(waiting: Waiting, answer: NoAnswer): number {
  const { state, time, made = 'No job yet' } = waiting;
  const delayMs = answer.deferredMs ?? strained(waiting, answer);
  const left = state.outage ? `, for another ${durationText(outageLeftMs(state.outage, time.now()))} at most` : '';
  waiting.note(`${made}, asking again in ${Math.round(delayMs / 1_000)} s${left}: ${answer.message}`);
  return delayMs;
}

function strained({ state, time, made }: Waiting, answer: NoAnswer): number {
  const nowMs = time.now();
  const outage = outageAfter(state.outage, answer, nowMs);
  const spent = givenUpAs(outage, nowMs);
  if (spent) {
    const howLong = spent === 'TokenRefused' ? 'The token was refused for an hour' : 'No usable answer in 24 h';
    throw failure(spent, `${made ?? 'No job was created'}. ${howLong}, the last answer: ${answer.message}`);
  }
  state.outage = outage;
  return backoffMs(outage, Math.random);
}
