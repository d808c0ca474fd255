import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { QueryDefinition } from '@temporalio/common';
import { GRPC, grpcCause } from '../../temporal/grpc-cause.js';
import { hasPollers } from '../../temporal/pollers.js';
import { findStalled } from '../../temporal/stalled-workflows.js';
import { NoWorkerError, WorkflowStalledError } from '../errors.js';
import { isOfFailedTask } from './past-failed-tasks.js';
import type { LatestRun } from './run-chain.js';

/** Temporal holds a query back until a worker asks for it; a worker that lives answers within a second. */
const QUERY_MS_MAX = 8_000;
/** After so long it is looked whether there is a worker at all. */
const LOOK_FOR_WORKERS_MS = 1_000;
/** Asked of a server that has been reached before. */
const GREETING_MS_MAX = 2_000;
/** What a deadline looks like depends on who sees it first: we, the server, or the connection between. */
const NO_WORKER: readonly (number | undefined)[] = [GRPC.deadlineExceeded, GRPC.cancelled, GRPC.failedPrecondition];

/** Asks the latest run of a workflow. @throws NoWorkerError after a second where there is no worker, or when none answers within 8 s; WorkflowStalledError; what is known of a Temporal that does not answer. */
export async function queryWithin<T>(client: Client, latest: LatestRun, query: QueryDefinition<T>): Promise<T> {
  const { handle, description } = latest;
  const { taskQueue } = description;
  const noWorker = new NoWorkerError(handle.workflowId, { taskQueue, namespace: client.options.namespace });
  const over = new AbortController();
  const answer = client.withDeadline(Date.now() + QUERY_MS_MAX, () => handle.query(query));
  try {
    return await Promise.race([answer, rejectsWithoutWorkers(client, taskQueue, noWorker, over.signal)]);
  } catch (error) {
    // Whoever has been told that there is no worker does not wait for the answer.
    answer.catch(() => undefined);
    if (!NO_WORKER.includes(grpcCause(error)?.code)) throw error;
    await greetTemporal(client);
    throw await whyNobody(client, latest, { error, noWorker });
  } finally {
    over.abort();
  }
}

/** A deadline is over also where it is Temporal that does not answer. @throws what is known of that then. */
async function greetTemporal(client: Client): Promise<void> {
  await client.withDeadline(Date.now() + GREETING_MS_MAX, () => client.workflowService.getSystemInfo({}));
}

/** Whether there is no worker that answers, or none that can do the tasks of the workflow. */
async function whyNobody(
  client: Client,
  { handle: { workflowId }, description: { runId, taskQueue } }: LatestRun,
  { error, noWorker }: { error: unknown; noWorker: NoWorkerError },
): Promise<NoWorkerError> {
  // Whether a worker can do them, one that is started will show.
  if ((await hasPollers(client, taskQueue)) === false) return noWorker;
  const look = client.withDeadline(Date.now() + GREETING_MS_MAX, () => findStalled(client, { workflowId, runId }));
  const stalled = await look.catch(() => undefined);
  if (stalled === undefined && !isOfFailedTask(error)) return noWorker;
  return new WorkflowStalledError(workflowId, noWorker.where, stalled?.message ?? '');
}

/** Never ends where there are some. */
async function rejectsWithoutWorkers(
  client: Client,
  taskQueue: string,
  noWorker: NoWorkerError,
  over: AbortSignal,
): Promise<never> {
  await sleep(LOOK_FOR_WORKERS_MS, undefined, { signal: over }).catch(() => undefined);
  if (!over.aborted && (await hasPollers(client, taskQueue)) === false) throw noWorker;
  return await new Promise<never>(() => undefined);
}
