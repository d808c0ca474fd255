import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Moves message and stack trace of a failure into a payload, which a codec then encrypts; the type of the failure stays
 * readable. Temporal's SDK loads it by its path, for a worker and for the bundle of its workflows.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
