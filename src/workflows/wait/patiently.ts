import { isNoAnswer, type NoAnswer } from '../../job/failure/no-answer.js';
import type { JobLife } from '../job-life.js';
import { endure } from './endure.js';
import { goOnIfLong, restBeforeCreating } from './wait-until-due.js';

/**
 * Asks until Keboola answers, where asking again can do no harm. A cancel is heard at once, also between two questions.
 *
 * @throws ApplicationFailure `TokenRefused` after an hour, `KeboolaUnreachable` after a day, `JobTimedOut`; whatever
 * `ask` throws.
 */
export async function patiently<Answer>(life: JobLife, ask: () => Promise<Answer | NoAnswer>): Promise<Answer> {
  // Unbounded in count, bounded in time by `endure`.
  for (;;) {
    await goOnIfLong(life);
    const answer = await ask();
    if (!isNoAnswer(answer)) {
      delete life.state.patience;
      life.note(undefined);
      return answer;
    }
    await restBeforeCreating(life, endure(life, answer), 'Ask again: Keboola has not answered');
  }
}
