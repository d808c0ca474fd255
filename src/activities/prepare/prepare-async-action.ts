import type { NoAnswer } from '../../job/failure/no-answer.js';
import type { RunPlan } from '../../job/run-plan.js';
import { policyWithDefaults } from '../../input/with-defaults.js';
import { checkRunAsyncActionInput } from '../../input/check-input.js';
import type { ActivityDeps } from '../deps.js';
import { makePlan } from './make-plan.js';
import { refusal } from '../failures.js';
import { notYet } from '../not-yet.js';

/**
 * Checks the input of `runAsyncAction` and finds the component that its path lies under.
 *
 * @throws ApplicationFailure as `prepareRun` does.
 */
export async function prepareAsyncAction(deps: ActivityDeps, input: unknown): Promise<RunPlan | NoAnswer> {
  const check = checkRunAsyncActionInput(input, { allowPlainSecrets: deps.allowPlainSecrets ?? false });
  if (!check.ok) throw refusal(check.problems);
  const policy = policyWithDefaults(check.value);
  try {
    const keboola = deps.connections.get(policy.connection);
    await keboola.facts();
    const component = await (await keboola.actions()).componentAbove(check.value.path);
    if ('missing' in component) throw refusal([{ path: 'path', message: component.missing }]);
    return await makePlan(deps, policy, { component: component.id, made: { by: 'call' } });
  } catch (error) {
    return notYet(error);
  }
}
