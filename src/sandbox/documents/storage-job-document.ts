import { createHash } from 'node:crypto';
import type { JsonObject } from '../json.js';
import type { DocumentWriter } from './job-document.js';
import { isStorageJobFinished } from '../storage/storage-job.js';
import type { StorageJob } from '../storage/storage-job.js';

/** A job as Storage shows it: without `isFinished`, and with `error` only if it failed. */
export function storageJobDocument(documents: DocumentWriter, origin: string, job: StorageJob): JsonObject {
  const time = (atMs: number | null): string | null => (atMs === null ? null : documents.zone.isoBasic(atMs));
  return {
    id: documents.id(job.id, 'number'),
    status: job.status,
    url: `${origin}/v2/storage/jobs/${job.id}`,
    tableId: job.tableId,
    operationName: job.operation,
    operationParams: job.operationParams,
    createdTime: time(job.createdAtMs),
    startTime: time(job.startedAtMs),
    endTime: time(job.endedAtMs),
    runId: job.runId,
    results: resultsOf(job),
    creatorToken: { id: job.token.id, description: job.token.description },
    metrics: metricsOf(job),
    ...(job.error === undefined
      ? {}
      : { error: { ...job.error, exceptionId: exceptionId(job), contextParams: [], uuid: null } }),
  };
}

/** Null until the job ends; afterwards PHP writes an empty object as a list. */
function resultsOf(job: StorageJob): unknown {
  if (!isStorageJobFinished(job)) return null;
  return job.effect?.results ?? [];
}

function metricsOf({ effect }: StorageJob): JsonObject {
  const { inBytes = 0, outBytes = 0 } = effect ?? {};
  return {
    inCompressed: false,
    inBytes,
    inBytesUncompressed: inBytes,
    outCompressed: false,
    outBytes,
    outBytesUncompressed: outBytes,
  };
}

function exceptionId({ id }: StorageJob): string {
  return `keboola-${createHash('md5').update(id).digest('hex')}`;
}
