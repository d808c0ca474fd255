import { isNoAnswer, type NoAnswer } from '../../job/failure/no-answer.js';
import type { JobLife } from '../job-life.js';
import { backoff } from './backoff.js';
import { continueAsNewIfLong, waitBeforeCreating } from './wait-until-due.js';

/**
 * Asks until Keboola answers, where asking again can do no harm. A cancel is heard at once, also between two questions.
 *
 * @throws ApplicationFailure `TokenRefused` after an hour, `KeboolaUnreachable` after a day, `JobTimedOut`; whatever
 * `ask` throws.
 */
export async function askUntilAnswered<Answer>(life: JobLife, ask: () => Promise<Answer | NoAnswer>): Promise<Answer> {
  // Unbounded in count, bounded in time by `backoff`.
  for (;;) {
    await continueAsNewIfLong(life);
    const answer = await ask();
    if (!isNoAnswer(answer)) {
      delete life.state.outage;
      life.note(undefined);
      return answer;
    }
    await waitBeforeCreating(life, backoff(life, answer), 'Ask again: Keboola has not answered');
  }
}
