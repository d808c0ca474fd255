import { activityInfo } from '@temporalio/activity';
import type { Leftover } from '../../job/storage/remote-steps.js';

/** Whether what an upload finds under its run id is of an attempt that came to nothing, so that it is to be deleted. */
export function isLeftover({ again, keep }: Leftover): boolean {
  return !keep && (again === true || activityInfo().attempt > 1);
}
