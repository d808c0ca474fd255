import { log } from '@temporalio/workflow';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import type { JobView } from '../../job/job-view.js';
import { addWarning, keepProgress } from '../../job/life/plan.js';
import type { StorageCall, StorageProgress } from '../../job/storage/calls.js';
import type { ImportTableInput } from '../../job/storage/input.js';
import type { ImportTableResult, StorageJobResult } from '../../job/storage/result.js';
import type { FileUploadRequest, Leftover, UploadedFile } from '../../job/storage/remote-steps.js';
import { isSameCount, loadedRows } from '../../job/storage/loaded-rows.js';
import { separatorWarning } from '../../job/storage/separator-warning.js';
import { placeOf } from '../../job/run-plan.js';
import { counted } from '../../job/text/counted.js';
import { plainInMarkdown } from '../../job/text/plain-in-markdown.js';
import { failure } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { prepare } from '../prepare/prepare.js';
import { wasReset } from '../reset/is-reset.js';
import { askUntilAnswered } from '../wait/ask-until-answered.js';
import { prepareImport, uploadCsv, uploadFile } from './activities.js';
import { callAndWait } from './call-and-wait.js';
import { liveStorage } from './live-storage.js';
import { orRemoved } from './or-removed.js';
import { runIdOf } from './storage-creation.js';
import { resultOrFailure } from './storage-result.js';

/**
 * Loads CSV into a table of Storage, which is created if it is missing: all rows, or none.
 *
 * @param carried internal: the state that continue-as-new hands on.
 */
export async function importTable(input: ImportTableInput, carried?: unknown): Promise<ImportTableResult> {
  return await liveStorage(input, carried, (life) => loadAndWait(life, input));
}

async function loadAndWait(life: JobLife, input: ImportTableInput): Promise<ImportTableResult> {
  const { call, rows = 0, bytes, isCounted } = life.state.storage ?? (await prepareFile(life, input));
  const { view, end } = await loadFile(life, input, call);
  const about = { ...end, table: input.table, created: end.operation === 'tableCreate' };
  // Taken from the view itself: in a pipeline the result is brief and has no lists.
  const loaded = loadedRows(view.result, input.primaryKey);
  const fileId = String(call.body?.['dataFileId']);
  if (isCounted && loaded && !isSameCount(loaded, rows)) {
    const counts = `loaded ${counted(loaded.rows, 'row')}, but file ${fileId} has ${rows}`;
    throw failure('ProtocolError', `Storage job ${end.jobId} ${counts}. Compare the table with its source.`, end);
  }
  if (input.source.csv !== undefined) return { ...about, rows, bytes: bytes ?? 0 };
  if (!isCounted) return { ...about, rows: loaded?.rows ?? 0, fileId };
  return { ...about, rows, fileId, ...(bytes !== undefined && { bytes }) };
}

interface Loaded {
  view: JobView;
  end: StorageJobResult;
}

/** A file that we uploaded is removed if no job comes of it, and if its job fails. */
async function loadFile(life: JobLife, { source }: ImportTableInput, call: StorageCall): Promise<Loaded> {
  const load = async (): Promise<Loaded> => {
    const view = await callAndWait(life, call);
    return { view, end: resultOrFailure(life, view) };
  };
  if (source.fileId !== undefined) return await load();
  return await orRemoved(life, { runId: runIdOf(life), fileId: String(call.body?.['dataFileId']) }, load);
}

/** The file exists before Storage is asked to load it, and it stays the same however often Storage is asked. */
async function prepareFile(life: JobLife, input: ImportTableInput): Promise<StorageProgress> {
  // If the previous run left no progress, an outage shows that it may have asked for the upload.
  const again = life.state.outage !== undefined;
  const { progress, plan } = await prepare(life, prepareImport, input);
  const { csv, fileId, rows: countedRows, ...source } = input.source;
  if (csv !== undefined) {
    const request = { ...placeOf(plan), csv, width: progress.columns?.length ?? 1, ...sentAs(life, input) };
    const summary = `Upload ${counted(progress.rows ?? 0, 'row')}`;
    const id = await uploaded(life, again, (left) =>
      uploadCsv.executeWithOptions({ summary }, [{ ...request, ...left }]),
    );
    return known(life, { ...withFile(progress, id), isCounted: true });
  }
  if (fileId !== undefined) {
    return known(life, {
      ...withFile(progress, fileId),
      ...(countedRows !== undefined && { rows: countedRows, isCounted: true as const }),
    });
  }
  const file = await uploadOf(life, input, source, again);
  const { rows, bytes, columns, likelySeparator: likely } = file;
  if (likely !== undefined) warn(life, separatorWarning(likely));
  return known(life, { ...withFile(progress, file.fileId), rows, bytes, columns, isCounted: true });
}

async function uploadOf(
  life: JobLife,
  input: ImportTableInput,
  source: FileUploadRequest['source'],
  again: boolean,
): Promise<UploadedFile> {
  const { primaryKey, delimiter, enclosure } = input;
  const request: FileUploadRequest = {
    ...placeOf(life.plan),
    source,
    ...sentAs(life, input),
    ...(primaryKey && { primaryKey }),
    ...(delimiter !== undefined && { delimiter }),
    ...(enclosure !== undefined && { enclosure }),
  };
  // The summary shows neither the user nor the query of a URL.
  const summary = plainInMarkdown(`Upload ${source.file ?? (source.url ?? '').split(/[?#]/, 1)[0] ?? ''}`);
  life.note('Uploading the file');
  return await uploaded(life, again, (left) => uploadFile.executeWithOptions({ summary }, [{ ...request, ...left }]));
}

/** What Storage keeps with a file. */
function sentAs(life: JobLife, { table }: ImportTableInput): Pick<FileUploadRequest, 'name' | 'runId'> {
  return { name: `${table}.csv`, runId: runIdOf(life) };
}

/**
 * Uploads until the file is there. An attempt that ends early leaves no file behind, even if its worker died.
 *
 * @param askedBefore whether the previous run may have asked for the upload.
 */
async function uploaded<Answer>(
  life: JobLife,
  askedBefore: boolean,
  upload: (left: Leftover) => Promise<Answer | NoAnswer>,
): Promise<Answer> {
  // A reset keeps the run id, and the job of the discarded run may still be about to load its file.
  const keep = wasReset(life.state) && { keep: true as const };
  let again = askedBefore;
  const ask = (): Promise<Answer | NoAnswer> => {
    const left = { ...(again && { again }), ...keep };
    again = true;
    return upload(left);
  };
  return await orRemoved(life, { runId: runIdOf(life) }, () => askUntilAnswered(life, ask));
}

/** For warnings that come up only once the file was read. */
function warn(life: JobLife, warning: string): void {
  addWarning(life.state, life.plan, warning);
  log.warn(warning);
}

/** Keeps what is known of the file, and shows it. */
function known(life: JobLife, progress: StorageProgress): StorageProgress {
  keepProgress(life.state, progress);
  life.clearNote();
  return progress;
}

function withFile(progress: StorageProgress, dataFileId: string): StorageProgress {
  const { call } = progress;
  return { ...progress, call: { ...call, body: { ...call.body, dataFileId } } };
}
