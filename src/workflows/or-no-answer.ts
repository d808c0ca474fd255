import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { NoAnswer } from '../job/failure/no-answer.js';
import { reasonOf } from './failures.js';

/** Takes a step, and returns its failure as a `NoAnswer`; see `noAnswerOf`. */
export async function orNoAnswer<Answer>(step: () => Promise<Answer>): Promise<Answer | NoAnswer> {
  try {
    return await step();
  } catch (error) {
    return noAnswerOf(error);
  }
}

/** A step that fails on our side counts as no answer from Keboola. Only a cancellation of the caller is thrown. */
export function noAnswerOf(error: unknown): NoAnswer {
  if (isCancellation(error) && CancellationScope.current().consideredCancelled) throw error;
  return { kind: 'no-answer', message: reasonOf(error) };
}
