import { setTimeout as sleep } from 'node:timers/promises';
import { GRPC, grpcCause } from '../../temporal/grpc-cause.js';

/** An overloaded worker fails workflow tasks for tens of seconds; one that cannot go on with the workflow, for ever. */
const SENDINGS_MAX = 60;
const AGAIN_MS = 1_000;

/**
 * Temporal's words when it refuses an update or a query, as it does once a workflow task has failed for the third time
 * in a row (updateworkflow/api.go and queryworkflow/api.go in service/history/api).
 */
const TASK_FAILED = /Workflow Task in failed state/i;

/**
 * Sends an update again for as long as the workflow's tasks fail. That is safe, since no worker has seen it.
 *
 * @throws what the last attempt throws, after a minute; any other error at once.
 */
export async function pastFailedTasks<T>(send: () => Promise<T>): Promise<T> {
  for (let sendings = 1; ; sendings += 1) {
    try {
      return await send();
    } catch (error) {
      if (sendings >= SENDINGS_MAX || !isOfFailedTask(error)) throw error;
    }
    await sleep(AGAIN_MS);
  }
}

/** Whether Temporal refused to ask a worker at all, because the workflow's tasks fail. */
export function isOfFailedTask(error: unknown): boolean {
  const { code, details, message = '' } = grpcCause(error) ?? {};
  return code === GRPC.failedPrecondition && TASK_FAILED.test(details || message);
}
