import type { CallActionInput } from '../../job/questions.js';
import type { InputProblem } from '../../input/input-problem.js';
import type { Keboola } from '../../keboola/keboola.js';
import { didYouMean, nearestId } from '../../input/nearest-id.js';

const NAMED_MAX = 10;

/**
 * Why a synchronous action cannot be called, if that is known before the call.
 *
 * @throws KeboolaError if the project cannot tell.
 */
export async function actionProblem(
  keboola: Keboola,
  call: Pick<CallActionInput, 'component' | 'action'>,
): Promise<InputProblem | undefined> {
  const { component: id, action } = call;
  const { components } = keboola;
  const component = await components.find(id);
  if (!component) return { path: 'component', message: (await components.missing(id)) ?? 'is gone' };
  const problem = await (await keboola.actions()).problemOf(call);
  if (problem) return problem;
  const { actions } = component;
  // A component that lists no actions may still have some; Keboola decides when the action is called.
  if (actions.length === 0 || actions.includes(action)) return undefined;
  const hint = didYouMean(nearestId(action, actions)) || ` It has ${actions.slice(0, NAMED_MAX).join(', ')}.`;
  return { path: 'action', message: `component "${id}" has no action "${action}".${hint}` };
}
