import { cancellationSignal } from '@temporalio/activity';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import { jsonBytes } from '../../job/bound-result.js';
import { CSV_BYTES_MAX, CSV_JSON_BYTES_MAX } from '../../job/storage/input.js';
import { csvHeader } from '../../keboola/storage/csv-header.js';
import { FileTooLarge, type Downloaded } from '../../keboola/storage/storage-files.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { downloadFailed } from './failures.js';
import { failure } from '../failures.js';
import type { DownloadedCsv, DownloadRequest } from '../../job/storage/remote-steps.js';

/**
 * Downloads the file of an export, completely or not at all.
 *
 * @throws ApplicationFailure `ExportTooLarge`, `ProtocolError`, and what `prepareExport` throws.
 */
export async function downloadCsv(deps: ActivityDeps, request: DownloadRequest): Promise<DownloadedCsv | NoAnswer> {
  const { fileId, columns } = request;
  try {
    const { files } = await keboolaOf(deps, request);
    const csv = textOf(await files.download(fileId, CSV_BYTES_MAX, cancellationSignal()), columns, fileId);
    if (jsonBytes(csv) > CSV_JSON_BYTES_MAX) throw tooLarge(fileId);
    return { csv, bytes: Buffer.byteLength(csv) };
  } catch (error) {
    if (error instanceof FileTooLarge) throw tooLarge(fileId);
    return downloadFailed(error, fileId);
  }
}

function textOf({ content, isSliced }: Downloaded, columns: readonly string[], fileId: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return isSliced ? `${csvHeader(columns)}\n${text}` : text;
  } catch {
    throw failure('ProtocolError', `Storage file ${fileId} is not UTF-8 text, so it cannot be returned here.`);
  }
}

function tooLarge(fileId: string): Error {
  const next =
    'Export with `to` (in a shell `-o FILE`, with KBC_URL and KBC_TOKEN of the project), or fewer columns or rows; ' +
    'or fetch the file from Storage, which keeps it for 15 days.';
  return failure('ExportTooLarge', `The export is larger than 1 MiB; it is in file ${fileId}. ${next}`, { fileId });
}
