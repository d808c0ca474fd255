import { CancellationScope, isCancellation } from '@temporalio/workflow';
import { isNoAnswer, type NoAnswer } from '../../job/failure/no-answer.js';
import type { JobLife } from '../job-life.js';
import { CONFIRM_MS_MAX } from './kill-and-confirm.js';

const ASK_AGAIN_MS = 5_000;

/**
 * Asks what a stop must know before it can begin, until Keboola answers. Must run in a non-cancellable scope.
 *
 * @returns the answer, and when it was asked for; undefined if there was none for 15 minutes.
 * @throws what `ask` throws.
 */
export async function askForStop<Answer>(
  life: JobLife,
  ask: () => Promise<Answer | NoAnswer>,
): Promise<Answered<Answer> | undefined> {
  try {
    return await CancellationScope.withTimeout(CONFIRM_MS_MAX, () => untilAnswered(life, ask));
  } catch (error) {
    if (isCancellation(error)) return undefined;
    throw error;
  }
}

interface Answered<Answer> {
  answer: Answer;
  /** Epoch milliseconds. */
  askedMs: number;
}

/** The scope around it bounds how long. */
async function untilAnswered<Answer>(life: JobLife, ask: () => Promise<Answer | NoAnswer>): Promise<Answered<Answer>> {
  for (;;) {
    const askedMs = life.time.now();
    const answer = await ask();
    if (!isNoAnswer(answer)) return { answer, askedMs };
    life.note(`The job is not known to have stopped: ${answer.message}`);
    await life.time.sleep(ASK_AGAIN_MS, { summary: 'Ask again: Keboola has not answered' });
  }
}
