import type { CallActionInput } from '../../job/questions.js';
import type { Component } from '../../keboola/project/components.js';
import type { InputProblem } from '../../input/input-problem.js';
import type { Keboola } from '../../keboola/keboola.js';
import { didYouMean, nearestId } from '../../input/nearest-id.js';

const NAMED_MAX = 10;

/**
 * The component of a synchronous action, or why it cannot be called.
 *
 * @throws KeboolaError when the project cannot tell.
 */
export async function componentOfAction(
  { components }: Keboola,
  { component: id, action }: Pick<CallActionInput, 'component' | 'action'>,
): Promise<{ component: Component } | { problem: InputProblem }> {
  const component = await components.find(id);
  if (!component) return problem('component', (await components.missing(id)) ?? 'is gone');
  if (component.kind === 'native') {
    return problem('component', `"${id}" is a native application, and only docker components have synchronous actions`);
  }
  const { actions } = component;
  // A component that names none may have some all the same; then Keboola tells.
  if (actions.length === 0 || actions.includes(action)) return { component };
  const hint = didYouMean(nearestId(action, actions)) || ` It has ${actions.slice(0, NAMED_MAX).join(', ')}.`;
  return problem('action', `component "${id}" has no action "${action}".${hint}`);
}

function problem(path: string, message: string): { problem: InputProblem } {
  return { problem: { path, message } };
}
