import type { EndedJob, JobHandle } from '../../client/handles/job-handle.js';
import type { JobSnapshot } from '../../job/messages.js';
import { watch, type Observed } from './watch.js';

/**
 * Follows a workflow to its end and reports what changes on the way.
 *
 * @throws what `JobHandle.result` throws.
 */
export async function watchJob<Result extends EndedJob>(
  handle: JobHandle<Result>,
  report: (observed: Observed<JobSnapshot>) => void,
): Promise<Result> {
  return await watch(handle.result(), () => handle.snapshot(), report);
}
