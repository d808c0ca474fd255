import { MAIN_BRANCH_ID } from '../../world/queue/queue-job.js';
import type { Call, Holder } from '../call.js';
import { codeless } from './queue-call.js';

interface Asked {
  component: string;
  branchId: string | undefined;
}

/** Checks component, then role (keboola/platform-libraries, libs/permission-checker CanRunJob). @throws QueueProblem */
export function requireMayRunJob(call: Call, { project, token }: Holder, { component, branchId }: Asked): void {
  if (token.components?.includes(component) === false) {
    throw codeless(call, `Token is not allowed to run component "${component}"`);
  }
  const isMain = (branchId ?? MAIN_BRANCH_ID) === MAIN_BRANCH_ID;
  if (mayRun(token, project.features.includes('protected-default-branch'), isMain)) return;
  const lacking = token.role === 'none' ? ' without "canCreateJobs" permission' : '';
  const branch = isMain ? 'default' : 'dev';
  throw codeless(call, `Role "${token.role}"${lacking} is not allowed to run jobs on ${branch} branch`);
}

function mayRun({ role, canCreateJobs }: Holder['token'], isProtected: boolean, isMain: boolean): boolean {
  if (role === 'readOnly') return false;
  if (!isProtected) return true;
  if (role === 'none') return canCreateJobs;
  return isMain ? role === 'productionManager' : role === 'developer' || role === 'reviewer';
}
