import type { QuestionName, Questions } from '../job/questions.js';
import { checkInput, type Checked } from './check-input.js';
import type { InputProblem, InputRules } from './input-problem.js';
import { QUESTION_RULES, QUESTION_SCHEMAS } from './schemas/questions.js';

/** Checks the input of a short workflow and reports all of its problems at once. A missing input counts as `{}`. */
export function checkQuestion<Name extends QuestionName>(
  name: Name,
  input: unknown,
  rules: InputRules = {},
): Checked<Questions[Name]['input']> {
  const broken = (given: Record<string, unknown>): InputProblem[] => brokenRules(name, given);
  return checkInput(input ?? {}, rules, { schema: QUESTION_SCHEMAS[name], broken }) as Checked<
    Questions[Name]['input']
  >;
}

function brokenRules(name: QuestionName, given: Record<string, unknown>): InputProblem[] {
  return (QUESTION_RULES[name] ?? [])
    .filter(([field, needs]) => given[field] !== undefined && given[needs] === undefined)
    .map(([field, needs]) => ({ path: field, message: `needs "${needs}"` }));
}
