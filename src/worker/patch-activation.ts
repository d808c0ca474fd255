import type { WorkerOptions } from '@temporalio/worker';
import { isOurMark } from '../job/life/patch-marks.js';

/**
 * An author who rolls out his patches one after another decides about these alone. Our workflows mark with `patched`
 * what they have done; a mark that is switched off would let a pipeline that was reset run beside its former tasks.
 */
export function patchActivationOf({
  patchActivationCallback: own,
}: WorkerOptions): Pick<WorkerOptions, 'patchActivationCallback'> {
  return own ? { patchActivationCallback: (input) => isOurMark(input.patchId) || own(input) } : {};
}
