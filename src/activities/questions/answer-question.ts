import type { QuestionName, Questions } from '../../job/questions.js';
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import { checkQuestion } from '../../input/check-question.js';
import type { ActivityDeps } from '../deps.js';
import { failure, refusal, toFailure } from '../failures.js';

type Answering<Name extends QuestionName> = (
  deps: ActivityDeps,
  input: Questions[Name]['input'],
) => Promise<Questions[Name]['answer']>;

/**
 * Checks the input of a short workflow, and asks its question.
 *
 * @throws ApplicationFailure `InvalidInput` with all problems at once, or with Keboola's own words if it refuses;
 * `TokenRefused`, `ConnectionNotUsable`, `NoJobApi`, `ProtocolError`; while Keboola cannot be reached, Temporal may
 * retry the question.
 */
export async function answerQuestion<Name extends QuestionName>(
  deps: ActivityDeps,
  name: Name,
  input: unknown,
  answer: Answering<Name>,
): Promise<Questions[Name]['answer']> {
  const checked = checkedQuestion(deps, name, input);
  try {
    return await answer(deps, checked);
  } catch (error) {
    throw questionFailure(error);
  }
}

export function checkedQuestion<Name extends QuestionName>(
  deps: ActivityDeps,
  name: Name,
  input: unknown,
): Questions[Name]['input'] {
  const check = checkQuestion(name, input, { allowPlainSecrets: deps.allowPlainSecrets ?? false });
  if (!check.ok) throw refusal(check.problems);
  return check.value;
}

/** The author chose what to ask for, so a 400 or a 404 is about the input and not about the connection. */
export function questionFailure(error: unknown): unknown {
  return isAboutInput(error) ? failure('InvalidInput', error.message, error.facts) : toFailure(error);
}

/** A feature that the project lacks is not the fault of the input. */
function isAboutInput(error: unknown): error is KeboolaError {
  if (!(error instanceof KeboolaError) || error.facts.lacksFeature !== undefined) return false;
  return error.kind === 'refused' || error.kind === 'not-found';
}
