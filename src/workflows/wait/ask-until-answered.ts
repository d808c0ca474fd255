import { isNoAnswer, type NoAnswer } from '../../job/failure/no-answer.js';
import { silenceIsOver } from '../../job/life/silence.js';
import { durationText } from '../../job/text/time-text.js';
import { overdue, type Deadline } from '../../job/wait/budgets.js';
import { NO_JOB_YET, type OutageWords } from '../../job/wait/outage-words.js';
import { isLong } from '../continue-as-new.js';
import { failure } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { bearOutage } from './bear-outage.js';

/** An answer that means: ask the same again later. */
export interface Later {
  kind: 'later';
  delayMs: number;
  /** What people are told meanwhile. */
  note: string;
  /** The summary of the timer. */
  summary: string;
}

/** How to tell people that there was no answer. */
interface Unanswered {
  /** The summary of the timer. */
  summary?: string;
  /** By default the words for a job that does not exist yet. */
  words?: OutageWords;
}

/**
 * Asks until Keboola answers; only for questions that do no harm when asked again. A cancel is heard at once, also
 * between two questions.
 *
 * @throws ApplicationFailure `TokenRefused` after an hour, `KeboolaUnreachable` after a day, `JobTimedOut`; whatever
 * `ask` throws.
 */
export async function askUntilAnswered<Answer>(
  life: JobLife,
  ask: () => Promise<Answer | NoAnswer>,
  words = NO_JOB_YET,
): Promise<Answer> {
  let answer = await ask();
  // Unbounded in count, bounded in time by `bearOutage`.
  while (isNoAnswer(answer)) {
    await waitOut(life, answer, { words });
    answer = await ask();
  }
  silenceIsOver(life.state);
  life.clearNote();
  return answer;
}

/**
 * Waits before something is asked again.
 *
 * @throws ApplicationFailure `TokenRefused`, `KeboolaUnreachable` if there was no answer for too long. `JobTimedOut` if
 * the job cannot start in time: nothing was created, so there is nothing to stop.
 */
export async function waitOut(
  life: JobLife,
  answer: NoAnswer | Later,
  { summary: unanswered = 'Ask again: Keboola has not answered', words = NO_JOB_YET }: Unanswered = {},
): Promise<void> {
  const isLater = answer.kind === 'later';
  if (isLater) life.note(answer.note);
  const delayMs = isLater ? answer.delayMs : bearOutage(life, answer, words);
  const summary = isLater ? answer.summary : unanswered;
  const { rests, state, time } = life;
  await rests.until(time.now() + delayMs, { wakers: ['timeouts'], summary });
  const late = overdue(state.budgets, time.now());
  if (late) throw tooLate(late, state.givenUp.length > 0);
  // Only now: the next run asks at once.
  if (isLong(life)) await life.continueAsNew();
}

/** @param mayComeLate a job may have been made all the same. */
function tooLate(late: Deadline, mayComeLate: boolean): Error {
  const limit = `${late.which} (${durationText(late.budgetMs)})`;
  const cost = mayComeLate ? '' : ' None was created, so nothing was charged.';
  return failure('JobTimedOut', `No job could start within its ${limit}.${cost}`);
}
