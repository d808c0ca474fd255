import type { StorageProgress } from '../../job/storage/calls.js';
import type { ImportTableInput } from '../../job/storage/input.js';
import type { ImportTableResult } from '../../job/storage/result.js';
import { checkedBy } from '../prepare/checked-by.js';
import type { JobLife } from '../job-life.js';
import { prepare } from '../prepare/prepare.js';
import { askUntilAnswered } from '../wait/ask-until-answered.js';
import { prepareImport, uploadCsv } from './activities.js';
import { callAndWait } from './call-and-wait.js';
import { liveStorage } from './live-storage.js';
import { sentRunId } from './storage-creation.js';
import { resultOrFailure } from './storage-result.js';

/**
 * Loads CSV into a table of Storage, which is made when it is missing: all rows, or none.
 *
 * @param carried ours alone: the state of a wait that goes on in a new run.
 */
export async function importTable(input: ImportTableInput, carried?: unknown): Promise<ImportTableResult> {
  return await liveStorage(input, carried, (life) => loadAndWait(life, input));
}

async function loadAndWait(life: JobLife, input: ImportTableInput): Promise<ImportTableResult> {
  const { call, rows = 0, bytes = 0 } = life.state.storage ?? (await prepareFile(life, input));
  const end = resultOrFailure(life, await callAndWait(life, call));
  return { ...end, table: input.table, created: end.operation === 'tableCreate', rows, bytes };
}

/** The file is there before anything is asked for, and it is the same one however often that is asked. */
async function prepareFile(life: JobLife, input: ImportTableInput): Promise<StorageProgress> {
  const { progress, plan } = await prepare(life, () => checkedBy(prepareImport, input));
  const request = {
    connection: plan.connection,
    name: `${input.table}.csv`,
    csv: input.source.csv,
    runId: sentRunId(life),
  };
  const summary = `Upload ${progress.rows} rows`;
  const dataFileId = await askUntilAnswered(life, () => uploadCsv.executeWithOptions({ summary }, [request]));
  const { call } = progress;
  return (life.state.storage = { ...progress, call: { ...call, body: { ...call.body, dataFileId } } });
}
