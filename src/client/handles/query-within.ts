import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { QueryDefinition } from '@temporalio/common';
import { GRPC, grpcCause } from '../../temporal/grpc-cause.js';
import { hasPollers } from '../../temporal/pollers.js';
import { findStalled } from '../../temporal/stalled-workflows.js';
import { NoWorkerError, WorkflowStalledError } from '../errors.js';
import { isOfFailedTask } from './past-failed-tasks.js';
import type { LatestRun } from './run-chain.js';

/**
 * Temporal holds a query until a worker polls for it; a live worker answers within a second, on a busy machine within
 * many seconds.
 */
const QUERY_MS_MAX = 15_000;
/** After this long we check whether Temporal answers, and whether there is a worker at all. */
const LOOK_MS = 1_000;
/** How long Temporal itself may take to answer that check; it should be faster than a worker. */
const SILENCE_MS_MAX = 8_000;
/** The same for a server that we have reached before. */
const GREETING_MS_MAX = 2_000;
/** The code of an exceeded deadline depends on who notices first: we, the server, or the connection in between. */
const NO_WORKER: readonly (number | undefined)[] = [GRPC.deadlineExceeded, GRPC.cancelled, GRPC.failedPrecondition];
/** The gRPC codes of a Temporal server that does not answer. */
const SILENCE: readonly (number | undefined)[] = [GRPC.unavailable, GRPC.deadlineExceeded];

/**
 * Queries the latest run of a workflow.
 *
 * @throws NoWorkerError after a second if there is no worker, or when none answers within 15 s; WorkflowStalledError;
 *   the gRPC error of a Temporal server that does not answer.
 */
export async function queryWithin<T>(client: Client, latest: LatestRun, query: QueryDefinition<T>): Promise<T> {
  const { handle, description } = latest;
  const { taskQueue } = description;
  const noWorker = new NoWorkerError(handle.workflowId, { taskQueue, namespace: client.options.namespace });
  const over = new AbortController();
  const answer = client.withDeadline(Date.now() + QUERY_MS_MAX, () => handle.query(query));
  try {
    return await Promise.race([
      unlessInVain(client, answer, { latest, noWorker }),
      rejectsInVain(client, taskQueue, noWorker, over.signal),
    ]);
  } finally {
    over.abort();
  }
}

interface Asked {
  latest: LatestRun;
  noWorker: NoWorkerError;
}

async function unlessInVain<T>(client: Client, answer: Promise<T>, asked: Asked): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!NO_WORKER.includes(grpcCause(error)?.code)) throw error;
    await greetTemporal(client, GREETING_MS_MAX);
    throw await whyNobody(client, error, asked);
  }
}

/** Tells whether no worker answers, or no worker can do the workflow's tasks. */
async function whyNobody(client: Client, error: unknown, { latest, noWorker }: Asked): Promise<NoWorkerError> {
  const { workflowId } = latest.handle;
  const { runId, taskQueue } = latest.description;
  // Only once there is a worker can we tell whether it can do the tasks.
  if ((await hasPollers(client, taskQueue)) === false) return noWorker;
  const look = client.withDeadline(Date.now() + GREETING_MS_MAX, () => findStalled(client, { workflowId, runId }));
  const stalled = await look.catch(() => undefined);
  if (stalled === undefined && !isOfFailedTask(error)) return noWorker;
  return new WorkflowStalledError(workflowId, noWorker.where, stalled?.message ?? '');
}

/** The deadline also passes if Temporal itself does not answer. @throws the gRPC error in that case. */
async function greetTemporal(client: Client, answerMsMax: number): Promise<void> {
  await client.withDeadline(Date.now() + answerMsMax, () => client.workflowService.getSystemInfo({}));
}

/** Never settles if Temporal answers and there are workers. */
async function rejectsInVain(
  client: Client,
  taskQueue: string,
  noWorker: NoWorkerError,
  over: AbortSignal,
): Promise<never> {
  await sleep(LOOK_MS, undefined, { signal: over }).catch(() => undefined);
  if (!over.aborted) await greetTemporal(client, SILENCE_MS_MAX).catch(throwSilence);
  if (!over.aborted && (await hasPollers(client, taskQueue)) === false) throw noWorker;
  return await new Promise<never>(() => undefined);
}

/** Any other error means that Temporal is there. */
function throwSilence(error: unknown): void {
  if (SILENCE.includes(grpcCause(error)?.code)) throw error;
}
