import { isCancellation } from '@temporalio/workflow';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import { keepProgress } from '../../job/life/plan.js';
import { BRIEF_RESULT_BYTES_MAX } from '../../job/pipeline/brief.js';
import type { StorageProgress } from '../../job/storage/calls.js';
import { exportedFileId } from '../../job/storage/exported-file.js';
import type { ExportTableInput } from '../../job/storage/input.js';
import type { ExportTableResult } from '../../job/storage/result.js';
import type { DownloadedCsv, DownloadedFile } from '../../job/storage/remote-steps.js';
import { plainInMarkdown } from '../../job/text/plain-in-markdown.js';
import { afterTheJob } from '../../job/wait/outage-words.js';
import { placeOf } from '../../job/run-plan.js';
import { isAskedToBeBrief } from '../show/brief-if-asked.js';
import { failure } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { prepare } from '../prepare/prepare.js';
import { keepEndInMemo } from '../keep-end-in-memo.js';
import { askUntilAnswered } from '../wait/ask-until-answered.js';
import { downloadCsv, downloadFile, prepareExport } from './activities.js';
import { callAndWait } from './call-and-wait.js';
import { liveStorage } from './live-storage.js';
import { resultOrFailure } from './storage-result.js';

/**
 * Exports a table of Storage as CSV: whole, or not at all.
 *
 * @param carried internal: the state that continue-as-new hands on.
 */
export async function exportTable(input: ExportTableInput, carried?: unknown): Promise<ExportTableResult> {
  return await liveStorage(input, carried, (life) => exportAndFetch(life, input));
}

async function exportAndFetch(life: JobLife, input: ExportTableInput): Promise<ExportTableResult> {
  const { call, columns = [] } = life.state.storage ?? (await prepareCall(life, input));
  const view = await callAndWait(life, call);
  const end = resultOrFailure(life, view);
  const fileId = exportedFileId(view.result);
  if (fileId === undefined) {
    throw failure('ProtocolError', `Storage job ${end.jobId} exported the table, but its result names no file.`, end);
  }
  const about = { ...end, table: input.table, columns, fileId };
  if (input.to?.storage) return about;
  try {
    const fetched = await fetchFile(life, input, { fileId, columns });
    // For the current details of the workflow that is about to close.
    keepProgress(life.state, { call, columns, bytes: fetched.bytes });
    return { ...about, ...fetched };
  } catch (error) {
    if (isCancellation(error)) keepEndInMemo(life, view, 'finished-first');
    throw error;
  }
}

type Fetched = Pick<ExportTableResult, 'csv' | 'file'> & { bytes: number };

async function fetchFile(
  life: JobLife,
  { to: { file } = {} }: ExportTableInput,
  exported: Pick<ExportTableResult, 'fileId' | 'columns'>,
): Promise<Fetched> {
  life.note('Exported; fetching the file');
  const summary = `Fetch file ${exported.fileId}`;
  const request = { ...placeOf(life.plan), ...exported };
  const words = afterTheJob(life.job);
  if (file !== undefined) {
    const fetch = { summary: plainInMarkdown(`${summary} into ${file}`) };
    const download = (): Promise<DownloadedFile | NoAnswer> =>
      downloadFile.executeWithOptions(fetch, [{ ...request, file }]);
    const { bytes } = await askUntilAnswered(life, download, words);
    return { bytes, file };
  }
  const download = (): Promise<DownloadedCsv | NoAnswer> => downloadCsv.executeWithOptions({ summary }, [request]);
  const { csv, bytes } = await askUntilAnswered(life, download, words);
  // A pipeline keeps the answers of all its tasks in one history.
  const isTold = !isAskedToBeBrief() || bytes <= BRIEF_RESULT_BYTES_MAX;
  return { bytes, ...(isTold && { csv }) };
}

async function prepareCall(life: JobLife, input: ExportTableInput): Promise<StorageProgress> {
  const { progress } = await prepare(life, prepareExport, input);
  keepProgress(life.state, progress);
  return progress;
}
