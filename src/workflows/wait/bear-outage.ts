import type { NoAnswer } from '../../job/failure/no-answer.js';
import { silenceLasts, type Asking } from '../../job/life/silence.js';
import { bearOnce } from '../../job/wait/outage.js';
import { givenUpText, type OutageWords } from '../../job/wait/outage-words.js';
import { failure } from '../failures.js';
import type { SteadyClock } from '../steady-clock.js';

/** A workflow that waits for an answer from Keboola, and can say so. */
interface Waiting {
  state: Asking;
  time: SteadyClock;
  note(text: string): void;
}

/**
 * Bears with one more question that was not answered, and says so.
 *
 * @returns the delay until the next question.
 * @throws ApplicationFailure `TokenRefused`, `KeboolaUnreachable` if the outage has lasted too long.
 */
export function bearOutage(waiting: Waiting, answer: NoAnswer, words: OutageWords): number {
  const { state, time } = waiting;
  const nowMs = time.now();
  const borne = bearOnce(state.outage, answer, nowMs, Math.random);
  if (borne.outage) silenceLasts(state, borne.outage);
  if (borne.kind === 'given-up') throw failure(borne.as, givenUpText(words, borne.as, answer));
  waiting.note(words.note(answer, borne, nowMs));
  return borne.delayMs;
}
