import { isNoAnswer, type NoAnswer } from '../../job/failure/no-answer.js';
import type { JobLife } from '../job-life.js';
import { waitOut } from './backoff.js';

/**
 * Asks until Keboola answers, where asking again can do no harm. A cancel is heard at once, also between two questions.
 *
 * @throws ApplicationFailure `TokenRefused` after an hour, `KeboolaUnreachable` after a day, `JobTimedOut`; whatever
 * `ask` throws.
 */
export async function askUntilAnswered<Answer>(life: JobLife, ask: () => Promise<Answer | NoAnswer>): Promise<Answer> {
  // Unbounded in count, bounded in time by `backoff`.
  for (;;) {
    const answer = await ask();
    if (!isNoAnswer(answer)) {
      delete life.state.outage;
      life.note(undefined);
      return answer;
    }
    await waitOut(life, answer, 'Ask again: Keboola has not answered');
  }
}
