import { scalarText } from '../../json.js';
import type { JsonObject } from '../../json.js';
import type { Holder } from '../call.js';
import { SyrupProblem } from '../../answer/problem.js';

/** keboola/docker-bundle Controller/ApiController.php, validateParams */
export function requireWhatToRun(body: JsonObject): void {
  if (isGiven(body['row']) && !isGiven(body['config'])) {
    throw new SyrupProblem(400, "Specify both 'row' and 'config'.");
  }
  if (!isGiven(body['config']) && !isGiven(body['configData'])) {
    throw new SyrupProblem(400, "Specify 'config' or 'configData'.");
  }
}

/** The mapping check: a body may have only the keys that the app's documents have. */
export function requireAllowedKeys(body: JsonObject, allowed: readonly string[]): void {
  const unknown = Object.keys(body).find((key) => !allowed.includes(key));
  if (unknown === undefined) return;
  throw new SyrupProblem(400, `Parameter '${unknown}' is not allowed. Allowed params are '${allowed.join(',')}'`);
}

export function requireMayRun({ project, token }: Holder): void {
  if (token.role === 'readOnly') {
    throw new SyrupProblem(400, 'As a readOnly user you cannot run a job.');
  }
  if (project.features.includes('queuev2')) {
    throw new SyrupProblem(400, 'This project uses the new job queue. Use the Job Queue API to run jobs.');
  }
}

export function requireScalarConfig(body: JsonObject): void {
  if (isGiven(body['config']) && scalarText(body['config']) === undefined) {
    throw new SyrupProblem(400, "Body parameter 'config' is not a number.");
  }
}

/** PHP's isset(): null counts as absent. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
