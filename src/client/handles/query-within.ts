import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { QueryDefinition } from '@temporalio/common';
import { GRPC, grpcCause } from '../../temporal/grpc-cause.js';
import { hasPollers } from '../../temporal/pollers.js';
import { NoWorkerError } from '../errors.js';
import type { LatestRun } from './run-chain.js';

/**
 * Temporal holds a query back until a worker asks for it; a worker that lives answers within a second, or many where its machine
 * has much else to do.
 */
const QUERY_MS_MAX = 25_000;
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

/** Asks the latest run of a workflow. @throws NoWorkerError after a second where there is no worker, or when none answers within 25 s; what is known of a Temporal that does not answer. */
export async function queryWithin<T>(
  client: Client,
  { handle, description: { taskQueue } }: LatestRun,
  query: QueryDefinition<T>,
): Promise<T> {
  const noWorker = new NoWorkerError(handle.workflowId, { taskQueue, namespace: client.options.namespace });
  const over = new AbortController();
  const answer = client.withDeadline(Date.now() + QUERY_MS_MAX, () => handle.query(query));
  try {
    return await Promise.race([
      unlessOverdue(client, answer, noWorker),
      rejectsInVain(client, taskQueue, noWorker, over.signal),
    ]);
  } finally {
    over.abort();
  }
}

async function unlessOverdue<T>(client: Client, answer: Promise<T>, noWorker: NoWorkerError): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!NO_WORKER.includes(grpcCause(error)?.code)) throw error;
    await greetTemporal(client, GREETING_MS_MAX);
    throw noWorker;
  }
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
