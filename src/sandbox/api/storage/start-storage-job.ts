import type { JsonObject } from '../../json.js';
import { StorageFailure } from '../../storage/storage-failure.js';
import type { Effect, StorageJob } from '../../storage/storage-job.js';
import { submitStorageJob } from '../../world/storage-job-life.js';
import { storageJobDocument } from '../../documents/storage-job-document.js';
import type { Answer } from '../../answer/answer.js';
import type { Call, Holder } from '../call.js';
import { StorageProblem } from '../../answer/problem.js';

/** An operation that a call asks for. */
export interface Operation {
  name: string;
  params: JsonObject;
  tableId?: string;
  lock?: string;
  act: () => Effect;
}

/** Accepts an operation and answers 202 with its job, unless a mishap interferes. */
export function startOperation(call: Call, holder: Holder, operation: Operation): Answer {
  const job = startStorageJob(call, holder, operation);
  return { status: 202, json: storageJobDocument(call.simulation.documents, call.origin, job), jobId: job.id };
}

export function startStorageJob(
  { simulation, mishap, header }: Call,
  holder: Holder,
  operation: Operation,
): StorageJob {
  const { world } = simulation;
  if (world.storage.jobs.isFull(world.settings.jobsMax)) {
    throw new StorageProblem(
      400,
      'sandbox.full',
      `The sandbox holds ${world.settings.jobsMax} unfinished jobs at most`,
    );
  }
  const failure = mishap?.jobFails;
  const job: StorageJob = {
    id: world.tickets.take(),
    project: holder.project,
    token: holder.token,
    runId: header('x-kbc-runid') ?? null,
    operation: operation.name,
    operationParams: operation.params,
    tableId: operation.tableId ?? null,
    lock: operation.lock,
    createdAtMs: world.nowMs,
    seconds: mishap?.jobSeconds,
    isGhost: mishap?.neverQueued === true,
    act: failure === undefined ? operation.act : () => fail(failure),
    status: 'waiting',
    startedAtMs: null,
    endedAtMs: null,
    effect: undefined,
    error: undefined,
  };
  const lateSeconds = mishap?.lateWriteSeconds;
  if (lateSeconds === undefined) submitStorageJob(world, job);
  else world.schedule(lateSeconds, { kind: 'effect', happen: () => submitStorageJob(world, job) });
  return job;
}

function fail({ code, message }: { code: string; message: string }): never {
  throw new StorageFailure(code, message);
}
