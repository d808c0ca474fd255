import type { ProjectFacts } from './project.js';

const PROTECTED = 'protected-default-branch';
const PROTECTS = 'The project protects its default branch';

/**
 * Why the token cannot run jobs, or not everywhere, as far as its own facts tell (keboola/platform-libraries,
 * libs/permission-checker CanRunJob). This is only a warning; a job that runs anyway gets Keboola's own refusal.
 */
export function roleWarning({ role, canCreateJobs, features = [] }: ProjectFacts): string | undefined {
  if (role === 'readOnly') {
    return 'A user of role "readOnly" may only look on: to run jobs, give the worker the token of somebody who may.';
  }
  if (!features.includes(PROTECTED)) return undefined;
  if (role === undefined) return canCreateJobs === false ? NO_PERMISSION : undefined;
  return OF_ROLE.get(role) ?? `${PROTECTS}: role "${role}" may not run jobs there, nor on development branches.`;
}

const NO_PERMISSION = `${PROTECTS}: the token may not create jobs ("canCreateJobs"); make an API token that may.`;

const ONLY_DEVELOPMENT = 'may run jobs on development branches alone.';
const OF_ROLE = new Map([
  ['productionManager', `${PROTECTS}: role "productionManager" may run jobs there alone, on no development branch.`],
  ['developer', `${PROTECTS}: role "developer" ${ONLY_DEVELOPMENT}`],
  ['reviewer', `${PROTECTS}: role "reviewer" ${ONLY_DEVELOPMENT}`],
]);
