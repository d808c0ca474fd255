import type { JobHandle } from '../client/job-handle.js';
import type { JobSnapshot } from '../job/messages.js';
import type { JobResult } from '../job/result.js';
import { watch, type Sighting } from './watch.js';

/**
 * Follows a workflow to its end and reports what changes on the way.
 *
 * @throws what `JobHandle.result` throws.
 */
export async function watchJob(
  handle: JobHandle,
  report: (sighting: Sighting<JobSnapshot>) => void,
): Promise<JobResult> {
  return await watch(handle.result(), () => handle.snapshot(), report);
}
