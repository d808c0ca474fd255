import { POST_MS_MAX } from '../job/times/requests.js';

/** How many activities a worker does at once; the SDK's own default. */
export const ACTIVITIES_DEFAULT = 100;

/** Such a task may wait for an answer of Keboola, see `FastSteps`; the SDK's 40 would then be 130 reads per second. */
export const WORKFLOW_TASKS_DEFAULT = 100;

/** A worker that stops must wait for an answer to what must not be sent twice. */
export const GRACE_MS_DEFAULT = POST_MS_MAX + 10_000;

/** A worker that is broken never comes to an end by itself: so long after its grace it is ended by force. */
export const FORCED_AFTER_MS = 10_000;

/** However short its grace is, it is not ended by force before. */
export const FORCE_MS_MIN = GRACE_MS_DEFAULT + FORCED_AFTER_MS;
