import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { NoAnswer } from '../job/failure/no-answer.js';
import { reasonOf } from './failures.js';

/** Takes a step, where no answer is an answer, too; see `noAnswerOf`. */
export async function orNoAnswer<Answer>(step: () => Promise<Answer>): Promise<Answer | NoAnswer> {
  try {
    return await step();
  } catch (error) {
    return noAnswerOf(error);
  }
}

/** A step that fails on our side is no answer of Keboola. Only a stop that was pressed ends whoever asks: it is thrown. */
export function noAnswerOf(error: unknown): NoAnswer {
  if (isCancellation(error) && CancellationScope.current().consideredCancelled) throw error;
  return { kind: 'no-answer', message: reasonOf(error) };
}
