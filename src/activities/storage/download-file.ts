import { activityInfo, cancellationSignal } from '@temporalio/activity';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import type { DownloadedFile, FileDownloadRequest } from '../../job/storage/remote-steps.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { failure } from '../failures.js';
import { withHeartbeat } from '../with-heartbeat.js';
import { downloadFailed } from './failures.js';
import { FileProblem } from './files/file-problem.js';
import { FullDisk, fullDiskFailure } from './files/full-disk.js';
import { writeWorkerFile } from './files/write-worker-file.js';
import { TRANSFERS } from './slots.js';

/**
 * Downloads the file of an export into the folder of the worker, completely or not at all. Heartbeats carry the number
 * of bytes received.
 *
 * @throws ApplicationFailure `InvalidInput` for a target that cannot be written, and for a disk that stays full;
 * `ProtocolError`, as `downloadCsv`.
 */
export async function downloadFile(
  deps: ActivityDeps,
  request: FileDownloadRequest,
): Promise<DownloadedFile | NoAnswer> {
  let come = 0;
  try {
    return await withHeartbeat(
      () => TRANSFERS.run(cancellationSignal(), () => download(deps, request, (bytes) => (come += bytes))),
      () => ({ bytes: come }),
    );
  } catch (error) {
    cancellationSignal().throwIfAborted();
    if (error instanceof FileProblem) throw failure('InvalidInput', `to: ${error.message}`);
    if (error instanceof FullDisk) {
      const next = `Make room and export again; Storage keeps file ${request.fileId} for 15 days.`;
      throw fullDiskFailure(error, 'to', next);
    }
    return downloadFailed(error, request.fileId);
  }
}

async function download(
  deps: ActivityDeps,
  { fileId, columns, file, ...place }: FileDownloadRequest,
  onBytes: (bytes: number) => void,
): Promise<DownloadedFile> {
  const { tables } = await keboolaOf(deps, place);
  const content = await tables.download(fileId, { columns, signal: cancellationSignal(), onBytes });
  let bytes = 0;
  const counted = async function* (): AsyncGenerator<Buffer, void> {
    for await (const piece of content) {
      bytes += piece.byteLength;
      yield piece;
    }
  };
  const owner = activityInfo().workflowExecution?.workflowId ?? fileId;
  await writeWorkerFile(deps.files, { path: file, owner }, counted());
  return { bytes };
}
