import {
  ActivityCancellationType,
  ActivityFailure,
  proxyActivities,
  setHandler,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { KeboolaActivities } from '../../job/activities.js';
import { boundAnswer, type ActionOutcome } from '../../job/action-outcome.js';
import { BRIEF_RESULT_BYTES_MAX } from '../../job/pipeline/brief.js';
import { saysSending } from '../../job/create/sending.js';
import { isUnreadInput } from '../../job/failure/undecoded.js';
import { obstacleQuery } from '../../job/messages.js';
import type { CallActionInput } from '../../job/questions.js';
import { doublingMs } from '../../job/wait/doubling.js';
import { isAskedToBeBrief } from '../show/brief-if-asked.js';
import { checkedBy } from '../prepare/checked-by.js';
import { closingFailure, failure, reasonOf } from '../failures.js';
import { checkStartTerms, NO_LIMIT_OF_ACTIONS } from '../prepare/start-terms.js';
import { SteadyClock } from '../steady-clock.js';
import { ONCE } from '../wait/patience.js';

/**
 * The workflow decides whether to call again. Keboola cannot stop an action, so a cancelled workflow does not wait for
 * it; the action ends by itself, within 45 s.
 */
const { callAction: call } = proxyActivities<KeboolaActivities>({
  ...ONCE,
  summary: 'Call the action',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

/** How long to keep trying while the action was not called at all; somebody waits for an answer. */
const NOT_CALLED_MS_MAX = 60_000;
const DELAY_MS_MIN = 1_000;
const DELAY_MS_MAX = 30_000;

/**
 * Calls a synchronous action of a component, once unless the author asks for more attempts, and returns its answer. As
 * a task of a pipeline it returns an `ActionAnswer` instead.
 */
export async function callAction(input: CallActionInput): Promise<unknown> {
  try {
    checkStartTerms(NO_LIMIT_OF_ACTIONS);
    const answer = await callUntilAnswered(input);
    return isAskedToBeBrief() ? boundAnswer(answer, BRIEF_RESULT_BYTES_MAX) : answer;
  } catch (error) {
    throw closingFailure(error);
  }
}

async function callUntilAnswered(input: CallActionInput): Promise<unknown> {
  const time = new SteadyClock();
  let obstacle: string | undefined;
  // A query adds nothing to history. Temporal itself shows no failed step for an action that was not called.
  setHandler(obstacleQuery, () => obstacle, { description: 'Why there is no answer yet' });
  let failures = 0;
  let notCalledSinceMs: number | undefined;
  // Bounded by the attempts, and between two of them by time.
  for (let calls = 0; ; calls++) {
    const outcome = await callOnce(input);
    if (outcome.kind === 'answered') return outcome.answer;
    if (outcome.kind === 'failed') {
      failures += 1;
      notCalledSinceMs = undefined;
      if (!outcome.mayTryAgain || failures >= (input.attempts ?? 1)) throw failed(outcome);
    } else {
      notCalledSinceMs ??= time.now();
      if (time.now() - notCalledSinceMs >= NOT_CALLED_MS_MAX) {
        throw failure('KeboolaUnreachable', `The action was not called: ${outcome.message}`);
      }
    }
    obstacle = `${outcome.kind === 'failed' ? 'failed' : 'not called yet'}, retrying: ${outcome.message}`;
    const retryAfterMs = outcome.kind === 'not-called' ? (outcome.retryAfterMs ?? 0) : 0;
    const ownPaceMs = doublingMs(calls, DELAY_MS_MIN, DELAY_MS_MAX);
    await time.sleep(Math.min(NOT_CALLED_MS_MAX, Math.max(ownPaceMs, retryAfterMs)), { summary: 'Call again' });
  }
}

async function callOnce(input: CallActionInput): Promise<ActionOutcome> {
  try {
    return await checkedBy(call, input);
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : undefined;
    if (isUnreadInput(cause)) return { kind: 'not-called', message: reasonOf(error) };
    if (!(cause instanceof TimeoutFailure)) throw error;
    // The activity writes the mark right before the call; without it nothing was called.
    if (!saysSending(cause.lastHeartbeatDetails)) {
      return { kind: 'not-called', message: 'the worker was lost before it called the action' };
    }
    const message = 'The worker was lost while it called the action. It is not known whether the action has run';
    return { kind: 'failed', type: 'KeboolaUnreachable', message, mayTryAgain: true };
  }
}

function failed({ type, message, exceptionId }: Extract<ActionOutcome, { kind: 'failed' }>): Error {
  return exceptionId === undefined ? failure(type, message) : failure(type, message, { exceptionId });
}
