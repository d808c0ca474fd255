import { POST_MS_MAX } from '../job/times/requests.js';

/** How many activities a worker does at once; the SDK's own default. */
export const ACTIVITIES_DEFAULT = 100;

/**
 * How many workflow tasks a worker runs at once. A workflow task may wait for an answer from Keboola, see `FastSteps`,
 * so the SDK's 40 would limit a worker to 130 reads per second.
 */
export const WORKFLOW_TASKS_DEFAULT = 100;

/** A worker that stops must wait for the answer to a request that must not be sent twice. */
export const GRACE_MS_DEFAULT = POST_MS_MAX + 10_000;

/** A broken worker never stops by itself: it is ended by force this long after its grace period. */
export const FORCED_AFTER_MS = 10_000;

/** However short the grace period, a worker is not ended by force before this. */
export const FORCE_MS_MIN = GRACE_MS_DEFAULT + FORCED_AFTER_MS;
