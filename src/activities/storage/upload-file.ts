import { activityInfo, ApplicationFailure, cancellationSignal } from '@temporalio/activity';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import type { FileUploadRequest, UploadedFile } from '../../job/storage/remote-steps.js';
import { UnusableTable } from '../../input/storage/unusable-table.js';
import type { ActivityDeps } from '../deps.js';
import { failure } from '../failures.js';
import { keboolaOf } from '../keboola-of.js';
import { notYet } from '../not-yet.js';
import { withHeartbeat } from '../with-heartbeat.js';
import { toStorageFailure } from './failures.js';
import { BrokenSource } from './files/broken-source.js';
import { FileProblem } from './files/file-problem.js';
import { readAddress } from './files/read-address.js';
import { readWorkerFile } from './files/read-worker-file.js';
import { isLeftover } from './is-leftover.js';
import { TRANSFERS } from './slots.js';

/** Its owner may mend it within some four minutes; then it is the author's turn. */
const BROKEN_SOURCES_MAX = 10;

/**
 * Uploads a file of the worker's side into Storage while it is read, and counts its rows; few are moved at the same time.
 * Heartbeats tell how many bytes have been read. What an attempt before has left behind is deleted first, and what is cancelled deletes its own.
 *
 * @throws ApplicationFailure `InvalidInput` for a file that is not there, not allowed or no CSV, and for an address that stays
 * broken; as `uploadCsv`.
 */
export async function uploadFile(deps: ActivityDeps, request: FileUploadRequest): Promise<UploadedFile | NoAnswer> {
  let read = 0;
  const work = (): Promise<UploadedFile> =>
    TRANSFERS.run(cancellationSignal(), () => upload(deps, request, (bytes) => (read += bytes)));
  try {
    return await withHeartbeat(work, () => ({ bytes: read }));
  } catch (error) {
    // Whatever a cancel has broken, it is the cancel that is told.
    cancellationSignal().throwIfAborted();
    if (error instanceof FileProblem || error instanceof UnusableTable) {
      throw failure('InvalidInput', `source: ${error.message}`);
    }
    if (error instanceof BrokenSource) throw brokenSource(error);
    return notYet(error, toStorageFailure);
  }
}

function brokenSource({ message }: BrokenSource): Error {
  const isLast = activityInfo().attempt >= BROKEN_SOURCES_MAX;
  if (!isLast) return ApplicationFailure.retryable(message, 'BrokenSource');
  return failure('InvalidInput', `source: ${message} (tried ${BROKEN_SOURCES_MAX} times)`);
}

async function upload(
  deps: ActivityDeps,
  request: FileUploadRequest,
  onRead: (bytes: number) => void,
): Promise<UploadedFile> {
  const { runId, name, primaryKey, delimiter, enclosure } = request;
  const { tables } = await keboolaOf(deps, request);
  if (isLeftover(request)) await tables.removeOfRun(runId);
  return await tables.upload({
    name,
    runId,
    primaryKey,
    delimiter,
    enclosure,
    content: sourceOf(deps, request),
    signal: cancellationSignal(),
    onRead,
  });
}

function sourceOf({ connections, files }: ActivityDeps, { source }: FileUploadRequest): AsyncGenerator<Buffer, void> {
  if (source.file !== undefined) return readWorkerFile(files, source.file);
  return readAddress(connections.transporter, files, source.url ?? '', cancellationSignal());
}
