import { setTimeout as sleep } from 'node:timers/promises';
import { GRPC, grpcCause } from '../../temporal/grpc-cause.js';

/** A worker that is overloaded fails tasks of a workflow for some tens of seconds; one that cannot go on with it, for ever. */
const SENDINGS_MAX = 60;
const AGAIN_MS = 1_000;

/**
 * In Temporal's words, which refuses every update and every query of a workflow whose task fails for the third time in a row
 * (updateworkflow/api.go and queryworkflow/api.go in service/history/api).
 */
const TASK_FAILED = /Workflow Task in failed state/i;

/**
 * Sends an update again while the tasks of its workflow fail: no worker has seen it.
 *
 * @throws what the last sending throws, after a minute; what else goes wrong with one.
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

/** Whether Temporal does not even ask a worker, since the tasks of the workflow fail. */
export function isOfFailedTask(error: unknown): boolean {
  const { code, details, message = '' } = grpcCause(error) ?? {};
  return code === GRPC.failedPrecondition && TASK_FAILED.test(details || message);
}
