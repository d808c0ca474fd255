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
 * Temporal holds a query back until a worker asks for it; a worker that lives answers within a second, or many where its machine
 * has much else to do.
 */
const QUERY_MS_MAX = 15_000;
/** After so long it is looked whether Temporal is there, and a worker at all. */
const LOOK_MS = 1_000;
/** Temporal itself is not waited for as long as a worker. */
const SILENCE_MS_MAX = 8_000;
/** Asked of a server that has been reached before. */
const GREETING_MS_MAX = 2_000;
/** What a deadline looks like depends on who sees it first: we, the server, or the connection between. */
const NO_WORKER: readonly (number | undefined)[] = [GRPC.deadlineExceeded, GRPC.cancelled, GRPC.failedPrecondition];
/** What comes of asking a Temporal that does not answer. */
const SILENCE: readonly (number | undefined)[] = [GRPC.unavailable, GRPC.deadlineExceeded];

/** Asks the latest run of a workflow. @throws NoWorkerError after a second where there is no worker, or when none answers within 15 s; WorkflowStalledError; what is known of a Temporal that does not answer. */
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

/** Whether there is no worker that answers, or none that can do the tasks of the workflow. */
async function whyNobody(client: Client, error: unknown, { latest, noWorker }: Asked): Promise<NoWorkerError> {
  const { workflowId } = latest.handle;
  const { runId, taskQueue } = latest.description;
  // Whether a worker can do them, one that is started will show.
  if ((await hasPollers(client, taskQueue)) === false) return noWorker;
  const look = client.withDeadline(Date.now() + GREETING_MS_MAX, () => findStalled(client, { workflowId, runId }));
  const stalled = await look.catch(() => undefined);
  if (stalled === undefined && !isOfFailedTask(error)) return noWorker;
  return new WorkflowStalledError(workflowId, noWorker.where, stalled?.message ?? '');
}

/** A deadline is over also where it is Temporal that does not answer. @throws what is known of that then. */
async function greetTemporal(client: Client, answerMsMax: number): Promise<void> {
  await client.withDeadline(Date.now() + answerMsMax, () => client.workflowService.getSystemInfo({}));
}

/** Never ends where Temporal answers, and there are workers. */
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

/** Whatever else it says, it is there. */
function throwSilence(error: unknown): void {
  if (SILENCE.includes(grpcCause(error)?.code)) throw error;
}
