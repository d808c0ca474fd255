import { activityInfo } from '@temporalio/activity';
import type { Leftover } from '../../job/storage/remote-steps.js';

/** Whether files that an upload finds under its run id come from a failed attempt, and are to be deleted. */
export function isLeftover({ again, keep }: Leftover): boolean {
  return !keep && (again === true || activityInfo().attempt > 1);
}
