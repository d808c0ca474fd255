import { ApplicationFailure } from '@temporalio/activity';
import type { ActionOutcome } from '../../job/action-outcome.js';
import { ANSWER_BYTES_MAX, jsonBytes } from '../../job/bound-result.js';
import { DEFAULT_CONNECTION } from '../../job/input.js';
import type { CallActionInput } from '../../job/questions.js';
import { SILENT_MS_MAX } from '../../job/times/heartbeats.js';
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import { BudgetSpent } from '../../keboola/http/request-budget.js';
import type { PreparedAction } from '../../keboola/jobs/action-api.js';
import { actionProblem } from './action-problem.js';
import { checkedQuestion } from './answer-question.js';
import type { ActivityDeps } from '../deps.js';
import { refusal, toFailure } from '../failures.js';
import { prepareAndSend } from '../create/prepare-and-send.js';

const SLOW = `Keboola did not say within ${SILENT_MS_MAX / 1_000} s where the component is`;
const UNMARKED = 'the heartbeat that must precede the call could not be recorded; the action was not called';

/**
 * Calls a synchronous action once and reports the outcome. If the worker is lost, the mark set before the call tells
 * whether the component may have been called.
 *
 * @throws ApplicationFailure if the action cannot be called at all: `InvalidInput`, `TokenRefused`,
 * `ConnectionNotUsable`, ….
 */
export async function callAction(deps: ActivityDeps, input: unknown): Promise<ActionOutcome> {
  const call = checkedQuestion(deps, 'callAction', input);
  return await prepareAndSend<PreparedAction, ActionOutcome>({
    prepare: () => prepare(deps, call),
    slow: SLOW,
    unprepared: notCalled,
    send,
    unmarked: { kind: 'not-called', message: UNMARKED },
  });
}

async function prepare(deps: ActivityDeps, call: CallActionInput): Promise<PreparedAction> {
  const keboola = deps.connections.get(call.connection ?? DEFAULT_CONNECTION);
  const problem = await actionProblem(keboola, call);
  if (problem) throw refusal([problem]);
  return await (await keboola.actions()).prepareAction(call);
}

async function send(prepared: PreparedAction): Promise<ActionOutcome> {
  try {
    const answer = await prepared.send();
    const bytes = jsonBytes(answer);
    return bytes <= ANSWER_BYTES_MAX ? { kind: 'answered', answer } : tooLarge(bytes);
  } catch (error) {
    return prepared.outcomeOf(error);
  }
}

function tooLarge(bytes: number): ActionOutcome {
  const message = `The action has run, but its answer of ${bytes} bytes is larger than ${ANSWER_BYTES_MAX} bytes`;
  return { kind: 'failed', type: 'ProtocolError', message, mayTryAgain: false };
}

/** The outcome when something went wrong before the call; what would go wrong again is thrown. */
function notCalled(error: unknown): ActionOutcome {
  if (error instanceof BudgetSpent) {
    return { kind: 'not-called', message: error.message, retryAfterMs: error.deferredMs };
  }
  const told = toFailure(error);
  if (told instanceof ApplicationFailure && told.nonRetryable) throw told;
  const retryAfterMs = error instanceof KeboolaError ? error.facts.retryAfterMs : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'not-called', message, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
