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

/** For about four minutes the owner of the source may repair it; then the author of the workflow has to act. */
const BROKEN_SOURCES_MAX = 10;

/**
 * Streams a file of the worker's side into Storage and counts its rows; only a few transfers run at the same time.
 * Heartbeats carry the number of bytes read. The activity first deletes what an earlier attempt has left behind, and a
 * cancelled attempt deletes its own files.
 *
 * @throws ApplicationFailure `InvalidInput` for a file that is missing, not allowed or not CSV, and for an address that
 * stays broken; as `uploadCsv`.
 */
export async function uploadFile(deps: ActivityDeps, request: FileUploadRequest): Promise<UploadedFile | NoAnswer> {
  let read = 0;
  const work = (): Promise<UploadedFile> =>
    TRANSFERS.run(cancellationSignal(), () => upload(deps, request, (bytes) => (read += bytes)));
  try {
    return await withHeartbeat(work, () => ({ bytes: read }));
  } catch (error) {
    // Whatever a cancellation has broken, report the cancellation.
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
