import { ApplicationFailure } from '@temporalio/activity';
import { ANSWER_BYTES_MAX, type ActionOutcome } from '../job/action-outcome.js';
import { jsonBytes } from '../job/bound-result.js';
import { DEFAULT_CONNECTION } from '../job/input.js';
import type { CallActionInput } from '../job/questions.js';
import { outcomeOfFailedCall } from '../keboola/action-outcome.js';
import { KeboolaError } from '../keboola/errors.js';
import { didYouMean, nearestId } from '../keboola/nearest-id.js';
import { BudgetSpent } from '../keboola/request-budget.js';
import type { PreparedAction } from '../keboola/syrup/docker-api.js';
import { checkedQuestion } from './answer-question.js';
import type { ActivityDeps } from './deps.js';
import { failure, toFailure } from './failures.js';
import { whileSending } from './sending-mark.js';
import { within } from './within.js';

/** Less than the heartbeat timeout of ten seconds. */
const PREPARE_MS_MAX = 8_000;
const SLOW = 'Keboola did not tell where the component is within 8 s';

/**
 * Calls a synchronous action once and says what became of it. The mark before the call tells, when a worker is lost,
 * whether the component may have been called.
 *
 * @throws ApplicationFailure for what cannot be called at all: `InvalidInput`, `TokenRefused`, `ConnectionNotUsable`, ….
 */
export async function callAction(deps: ActivityDeps, input: unknown): Promise<ActionOutcome> {
  const call = checkedQuestion(deps, 'callAction', input);
  let prepared: PreparedAction;
  try {
    prepared = await within(PREPARE_MS_MAX, SLOW, prepare(deps, call));
  } catch (error) {
    return notCalled(error);
  }
  const outcome = await whileSending(() => send(prepared));
  return outcome ?? { kind: 'not-called', message: 'the mark that must come before the call could not be written' };
}

async function prepare(deps: ActivityDeps, call: CallActionInput): Promise<PreparedAction> {
  const { connection = DEFAULT_CONNECTION, component: id, action } = call;
  const keboola = deps.connections.get(connection);
  const component = await keboola.components.find(id);
  if (!component) throw failure('InvalidInput', `component: ${(await keboola.components.missing(id)) ?? 'is gone'}`);
  if (component.kind === 'native') {
    const message = `component: "${id}" is a native application, and only docker components have synchronous actions`;
    throw failure('InvalidInput', message);
  }
  const { actions } = component;
  // A component that names none may have some all the same; then Keboola tells.
  if (actions.length > 0 && !actions.includes(action)) {
    const hint = didYouMean(nearestId(action, actions)) || ` It has ${actions.slice(0, 10).join(', ')}.`;
    throw failure('InvalidInput', `action: component "${id}" has no action "${action}".${hint}`);
  }
  return await (await keboola.docker()).prepareAction(call, component.uri);
}

async function send(prepared: PreparedAction): Promise<ActionOutcome> {
  try {
    const answer = await prepared.send();
    const bytes = jsonBytes(answer);
    return bytes <= ANSWER_BYTES_MAX ? { kind: 'answered', answer } : tooLarge(bytes);
  } catch (error) {
    return outcomeOfFailedCall(error);
  }
}

function tooLarge(bytes: number): ActionOutcome {
  const message = `The action has run, but its answer of ${bytes} bytes is larger than ${ANSWER_BYTES_MAX} bytes`;
  return { kind: 'failed', type: 'ProtocolError', message, mayTryAgain: false };
}

/** Whatever went wrong before the call; what will go wrong again is thrown. */
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
