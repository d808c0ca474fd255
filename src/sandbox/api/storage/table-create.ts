import { isJsonObject } from '../../json.js';
import type { JsonObject } from '../../json.js';
import { addTable, emptyTable, requireFreeName } from '../../storage/catalog.js';
import type { Bucket, Table } from '../../storage/catalog.js';
import { loadTable } from '../../storage/load-table.js';
import { columnNames, isLegalName } from '../../storage/names.js';
import { StorageFailure } from '../../storage/storage-failure.js';
import type { Effect } from '../../storage/storage-job.js';
import { readSource } from '../../storage/table-source.js';
import type { SourceRows } from '../../storage/table-source.js';
import type { Answer } from '../../answer/answer.js';
import type { Call } from '../call.js';
import { StorageProblem } from '../../answer/problem.js';
import { ownBucket } from './buckets.js';
import { csvFormat, sourceFile } from './csv-options.js';
import { startOperation } from './start-storage-job.js';
import { bodyList, bodyText, storageBody, storageWriter } from './storage-call.js';
import { describeTable, tableLock } from './tables.js';

/** `POST /v2/storage/buckets/{id}/tables-async`: a table from an uploaded file. */
export function createTable(call: Call): Answer {
  const holder = storageWriter(call);
  const bucket = ownBucket(call, holder);
  const body = storageBody(call);
  const name = requireTableName(body);
  if (Array.isArray(body['primaryKey'])) {
    const message = 'Invalid data - primaryKey: must be a text with commas';
    throw new StorageProblem(400, 'storage.validation.primaryKey', message);
  }
  const format = csvFormat(body);
  const file = sourceFile(call, holder, body);
  requireFreeName(bucket, name);
  const primaryKey = bodyList(body, 'primaryKey');
  const options = { format, columns: bodyList(body, 'columns'), ignoredLines: undefined };
  const { storage } = call.simulation.world;
  const act = (): Effect => {
    requireBucket(call, bucket);
    requireFreeName(bucket, name);
    const source = readSource(file, options, storage.room.free);
    const table = newTable(call, bucket, name, source, primaryKey);
    loadTable(table, source, { ...format, incremental: false, nowMs: table.createdAtMs, room: storage.room });
    addOrRelease(call, table);
    return { results: describeTable(call, table), inBytes: source.bytes };
  };
  const params = { params: { ...body, name }, source: { fileId: file.id, type: 'file' }, queue: 'main' };
  const lock = tableLock(holder, `${bucket.id}.${name}`);
  return startOperation(call, holder, { name: 'tableCreate', params, lock, act });
}

/** `POST /v2/storage/buckets/{id}/tables-definition`: an empty table. Column types are accepted and ignored. */
export function defineTable(call: Call): Answer {
  const holder = storageWriter(call);
  const bucket = ownBucket(call, holder);
  const body = storageBody(call);
  const name = requireTableName(body);
  requireFreeName(bucket, name);
  const columns = Array.isArray(body['columns']) ? body['columns'] : [];
  const header = columns.map((item: unknown) => (isJsonObject(item) ? (bodyText(item, 'name') ?? '') : ''));
  const act = (): Effect => {
    requireBucket(call, bucket);
    requireFreeName(bucket, name);
    const source = { columns: columnNames(header), rows: [], bytes: 0 };
    const table = newTable(call, bucket, name, source, bodyList(body, 'primaryKeysNames'));
    addTable(table);
    return { results: describeTable(call, table) };
  };
  const lock = tableLock(holder, `${bucket.id}.${name}`);
  return startOperation(call, holder, { name: 'tableDefinitionCreate', params: body, lock, act });
}

function newTable(call: Call, bucket: Bucket, name: string, source: SourceRows, primaryKey: readonly string[]): Table {
  const unknown = primaryKey.find((column) => !source.columns.includes(column));
  if (unknown !== undefined) {
    const message = `The primary key column "${unknown}" does not exist in the table.`;
    throw new StorageFailure('storage.tables.validation.invalidPrimaryKeyColumns', message);
  }
  if (source.columns.length === 0) columnNames([]);
  return emptyTable({ bucket, name, primaryKey, columns: source.columns }, call.simulation.world.nowMs);
}

/** Adds a table to its bucket; if that fails, its memory is given back. */
function addOrRelease({ simulation }: Call, table: Table): void {
  try {
    addTable(table);
  } catch (error) {
    simulation.world.storage.room.release(table.heldBytes);
    throw error;
  }
}

/** The bucket may have been deleted while the job waited. */
function requireBucket({ simulation }: Call, { project, id }: Bucket): void {
  if (simulation.world.storage.catalog.bucket(project, id) !== undefined) return;
  throw new StorageFailure('storage.buckets.notFound', `Bucket ${id} not found`);
}

function requireTableName(body: JsonObject): string {
  const name = bodyText(body, 'name') ?? '';
  if (isLegalName(name)) return name;
  const rule = 'Only alphanumeric characters, dash and underscores are allowed. Cannot start with underscore.';
  throw new StorageProblem(
    400,
    'storage.tables.validation',
    `Invalid data - name: '${name}' contains not allowed characters. ${rule}`,
  );
}
