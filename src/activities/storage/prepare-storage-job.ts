import type { NoAnswer } from '../../job/failure/no-answer.js';
import { DEFAULT_CONNECTION } from '../../job/input.js';
import type { RunPlan } from '../../job/run-plan.js';
import { isRepeatable } from '../../job/storage/calls.js';
import { checkRunStorageJobInput } from '../../input/storage/check-storage.js';
import type { ActivityDeps } from '../deps.js';
import { refusal } from '../failures.js';
import { storagePlan } from './storage-plan.js';
import { notYet } from '../not-yet.js';

/**
 * Checks the input of `runStorageJob`.
 *
 * @throws ApplicationFailure `InvalidInput` with all problems at once, `TokenRefused`, `ConnectionNotUsable`,
 * `ProtocolError`; while Keboola cannot be reached, the activity may be retried, since nothing has been requested yet.
 */
export async function prepareStorageJob(deps: ActivityDeps, input: unknown): Promise<RunPlan | NoAnswer> {
  const check = checkRunStorageJobInput(input, { allowPlainSecrets: deps.allowPlainSecrets ?? false });
  if (!check.ok) throw refusal(check.problems);
  const { connection = DEFAULT_CONNECTION, method, path, parentRunId } = check.value;
  try {
    const wanted = { connection, target: `${method} ${path}`, parentRunId, isRepeatable: isRepeatable(check.value) };
    return await storagePlan(deps, wanted);
  } catch (error) {
    return notYet(error);
  }
}
