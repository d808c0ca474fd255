import type { NoAnswer } from '../../job/failure/no-answer.js';
import type { RunPlan } from '../../job/run-plan.js';
import { durationMs } from '../../job/text/duration.js';
import { withDefaults, type ResolvedInput } from '../../input/with-defaults.js';
import { checkRunJobInput } from '../../input/check-input.js';
import { impossibleFence } from '../../keboola/shortcomings.js';
import type { ActivityDeps } from '../deps.js';
import { refusal } from '../failures.js';
import { createFenceOf } from './create-fence.js';
import { makePlan } from './make-plan.js';
import { warningsOf } from './warnings-of.js';
import { unknownParts } from './unknown-parts.js';
import { notYet } from '../not-yet.js';

/**
 * Checks the input and completes it with what Keboola says about the project and the component. Nothing is created, so
 * it may be retried while Keboola cannot be reached.
 *
 * @throws ApplicationFailure `InvalidInput` with all problems at once, `NoJobApi`, `TokenRefused`,
 * `ConnectionNotUsable`, `ProtocolError`.
 */
export async function prepareRun(deps: ActivityDeps, input: unknown): Promise<RunPlan | NoAnswer> {
  const wanted = checked(deps, input);
  try {
    return await planOf(deps, wanted);
  } catch (error) {
    return notYet(error);
  }
}

async function planOf(deps: ActivityDeps, wanted: ResolvedInput): Promise<RunPlan> {
  const { connection, component, config, branchId, onForeignJob: policy } = wanted;
  const keboola = deps.connections.get(connection);
  // First, so that a project that cannot be used is reported as such.
  await keboola.facts();
  const { problems, warning: unchecked } = await unknownParts(keboola, wanted);
  const noFence = await impossibleFence(keboola, wanted);
  if (noFence) problems.push(noFence);
  if (problems.length > 0) throw refusal(problems);
  const { fence, warning } = await createFenceOf(keboola, wanted);
  const warnings = [...(await warningsOf(keboola, wanted)), warning, unchecked].filter((one) => one !== undefined);
  return await makePlan(deps, wanted, {
    component,
    made: { by: 'run', fence },
    ...(config !== undefined && { config }),
    ...startOf(wanted),
    ...(warnings.length > 0 && { warnings }),
    ...(policy !== undefined && { foreignJobs: { policy, ...(branchId !== undefined && { branchId }) } }),
  });
}

/** When the author wants the job to start. */
function startOf({ delay, delayedStartTime }: ResolvedInput): Pick<RunPlan, 'delayMs' | 'mayStartAtMs'> {
  const delayMs = durationMs(delay);
  const mayStartAtMs = delayedStartTime === undefined ? undefined : Date.parse(delayedStartTime);
  return { ...(delayMs !== undefined && { delayMs }), ...(mayStartAtMs !== undefined && { mayStartAtMs }) };
}

function checked(deps: ActivityDeps, input: unknown): ResolvedInput {
  const check = checkRunJobInput(input, { allowPlainSecrets: deps.allowPlainSecrets ?? false });
  if (check.ok) return withDefaults(check.value);
  throw refusal(check.problems);
}
