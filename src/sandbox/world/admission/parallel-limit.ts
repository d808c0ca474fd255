import type { Project } from '../../fixture/schema.js';
import type { SandboxSettings } from '../../settings.js';

/** The limit's name in `owner.limits` of a verified token. */
export const PARALLEL_LIMIT = 'components.jobsParallelism';

/** How many jobs of a project may run at the same time; undefined for any number. */
export function parallelLimitOf({ parallelLimit }: SandboxSettings, { limits }: Project): number | undefined {
  if (parallelLimit === 'off') return undefined;
  return parallelLimit === 'project' ? limits[PARALLEL_LIMIT] : parallelLimit;
}
