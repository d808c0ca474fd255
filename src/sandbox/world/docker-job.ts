import { scalarText } from '../json.js';
import type { JsonObject } from '../json.js';

/**
 * The lock suffix of a job of the docker app (keboola/docker-bundle ApiController): a stored configuration is locked
 * as a whole, an inline one never is, for which docker-bundle uses a unique text.
 */
export function dockerLockSuffix(component: string, params: JsonObject, unique: number): string {
  return `${component}-${scalarText(params['config']) ?? unique.toString(16)}`;
}
