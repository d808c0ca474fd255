import type { NoAnswer } from '../../job/failure/no-answer.js';
import { backOffMs, exhausted, patienceLeftMs, strain, type Patience } from '../../job/wait/patience.js';
import { durationText } from '../../job/text/time-text.js';
import { failure } from '../failures.js';
import type { SteadyClock } from '../steady-clock.js';

/** Whoever waits for an answer of Keboola, and can tell so. */
interface Waiting {
  state: { patience?: Patience };
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
export function endure(waiting: Waiting, answer: NoAnswer): number {
  const { state, time, made = 'No job yet' } = waiting;
  const delayMs = answer.deferredMs ?? strained(waiting, answer);
  const left = state.patience
    ? `, for another ${durationText(patienceLeftMs(state.patience, time.now()))} at most`
    : '';
  waiting.note(`${made}, asking again in ${Math.round(delayMs / 1_000)} s${left}: ${answer.message}`);
  return delayMs;
}

function strained({ state, time, made }: Waiting, answer: NoAnswer): number {
  const nowMs = time.now();
  const patience = strain(state.patience, answer, nowMs);
  const spent = exhausted(patience, nowMs);
  if (spent) {
    const howLong = spent === 'TokenRefused' ? 'The token was refused for an hour' : 'No usable answer in 24 h';
    throw failure(spent, `${made ?? 'No job was created'}. ${howLong}, the last answer: ${answer.message}`);
  }
  state.patience = patience;
  return backOffMs(patience, Math.random);
}
