import type { RunJobInput } from '../job/input.js';
import { DEFAULT_CONNECTION } from '../job/input.js';
import type { RunPlan } from '../job/run-plan.js';
import { checkRunJobInput, problemsText } from '../keboola/input.js';
import type { ActivityDeps } from './deps.js';
import { failure, toFailure } from './failures.js';

/**
 * Checks the input and completes it with what Keboola says of project and component.
 *
 * @throws ApplicationFailure `InvalidInput` with all problems at once, `QueueV2Project`, `TokenRefused`,
 * `ConnectionNotUsable`, `ProtocolError`; while Keboola cannot be reached it may be retried, since nothing was created.
 */
export async function prepareRun(deps: ActivityDeps, input: unknown): Promise<RunPlan> {
  const wanted = checked(deps, input);
  try {
    return await planOf(deps, wanted);
  } catch (error) {
    throw toFailure(error);
  }
}

async function planOf(deps: ActivityDeps, wanted: RunJobInput): Promise<RunPlan> {
  const connection = wanted.connection ?? DEFAULT_CONNECTION;
  const keboola = deps.connections.get(connection);
  const { id, name, jobsParallelism } = await keboola.facts();
  const [missing] = await Promise.all([keboola.missingComponent(wanted.component), keboola.jobs()]);
  if (missing !== undefined) throw failure('InvalidInput', `component: ${missing}`);
  return {
    connection,
    project: { id, name },
    component: wanted.component,
    ...(wanted.config !== undefined && { config: wanted.config }),
    ...(wanted.parentRunId !== undefined && { parentRunId: wanted.parentRunId }),
    ...(jobsParallelism !== undefined && keboola.connection.respectsProjectLimit && { projectLimit: jobsParallelism }),
    onWarning: wanted.onWarning ?? 'accept',
    onTerminated: wanted.onTerminated ?? 'cancel',
    searchAttributes: await deps.searchAttributesRegistered(),
  };
}

function checked(deps: ActivityDeps, input: unknown): RunJobInput {
  const check = checkRunJobInput(input, { allowPlainSecrets: deps.allowPlainSecrets ?? false });
  if (check.ok) return check.value;
  const leaked = check.problems.some(({ leaksToken }) => leaksToken);
  const rotate = leaked ? " The token is in this workflow's history now: revoke it and make a new one." : '';
  throw failure('InvalidInput', problemsText(check.problems) + rotate, check.problems);
}
