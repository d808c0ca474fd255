import type { WorkerOptions } from '@temporalio/worker';
import { isOurMark } from '../job/life/patch-marks.js';

/**
 * An author's callback decides about the author's own patches only. Our workflows mark with `patched` what they have
 * done; if a marker were switched off, a workflow that was reset would run beside its former tasks or job.
 */
export function patchActivationOf({
  patchActivationCallback: own,
}: WorkerOptions): Pick<WorkerOptions, 'patchActivationCallback'> {
  return own ? { patchActivationCallback: (input) => isOurMark(input.patchId) || own(input) } : {};
}
