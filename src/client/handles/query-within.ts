import type { Client } from '@temporalio/client';
import type { QueryDefinition } from '@temporalio/common';
import { GRPC, grpcCause } from '../../temporal/grpc-cause.js';
import { NoWorkerError } from '../errors.js';
import type { LatestRun } from './run-chain.js';

/** Temporal holds a query back until a worker asks for it; a worker that lives answers within a second. */
const QUERY_MS_MAX = 8_000;
/** What a deadline looks like depends on who sees it first: we, the server, or the connection between. */
const NO_WORKER: readonly (number | undefined)[] = [GRPC.deadlineExceeded, GRPC.cancelled, GRPC.failedPrecondition];

/** Asks the latest run of a workflow. @throws NoWorkerError when no worker answers within 8 s. */
export async function queryWithin<T>(
  client: Client,
  { handle, description: { taskQueue } }: LatestRun,
  query: QueryDefinition<T>,
): Promise<T> {
  try {
    return await client.withDeadline(Date.now() + QUERY_MS_MAX, () => handle.query(query));
  } catch (error) {
    if (!NO_WORKER.includes(grpcCause(error)?.code)) throw error;
    throw new NoWorkerError(handle.workflowId, { taskQueue, namespace: client.options.namespace });
  }
}
