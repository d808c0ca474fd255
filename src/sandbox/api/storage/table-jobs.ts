import type { JsonObject } from '../../json.js';
import type { Row, Table } from '../../storage/catalog.js';
import { writeCsv } from '../../storage/csv/csv-writer.js';
import { selectRows } from '../../storage/export-table.js';
import type { ExportSelection } from '../../storage/export-table.js';
import { loadTable, replaceRows } from '../../storage/load-table.js';
import { rowFilter } from '../../storage/row-filter.js';
import { StorageFailure } from '../../storage/storage-failure.js';
import type { Effect } from '../../storage/storage-job.js';
import { readSource } from '../../storage/table-source.js';
import type { Answer } from '../../answer/answer.js';
import type { Call, Holder } from '../call.js';
import { StorageProblem } from '../../answer/problem.js';
import { csvFormat, sourceFile } from './csv-options.js';
import { exportSelection, rowSelection } from './export-selection.js';
import { addFile } from './new-file.js';
import { startOperation } from './start-storage-job.js';
import { bodyList, bodyText, isTrue, storageBody, storageWriter } from './storage-call.js';
import { ownTable, tableLock } from './tables.js';

const ROWS_PER_SLICE = 100_000;
const EXPORTS_PER_TABLE_MAX = 1_000;

/** `POST /v2/storage/tables/{id}/import-async`: loads all rows of a file, instead of or besides the table's own. */
export function importTable(call: Call): Answer {
  const holder = storageWriter(call);
  const table = ownTable(call, holder);
  const body = storageBody(call);
  const format = csvFormat(body);
  const file = sourceFile(call, holder, body);
  const ignored = bodyText(body, 'ignoredLinesCount');
  const isBare = ignored !== undefined || isTrue(body['withoutHeaders']);
  const { world } = call.simulation;
  const act = (): Effect => {
    requireTable(table);
    const asked = bodyList(body, 'columns');
    const columns = asked.length === 0 && isBare ? table.columns : asked;
    const options = { format, columns, ignoredLines: ignored === undefined ? undefined : Number(ignored) };
    const source = readSource(file, options, world.storage.room.free + table.heldBytes);
    const load = { ...format, incremental: isTrue(body['incremental']), nowMs: world.nowMs, room: world.storage.room };
    return { results: loadTable(table, source, load), inBytes: source.bytes };
  };
  const { dataFileId: _file, ...rest } = body;
  const fileId = call.simulation.documents.id(file.id, 'number');
  const params = { params: { ...rest, ...format }, source: { fileId, type: 'file' }, queue: 'main_fast' };
  return startOperation(call, holder, { ...onTable(holder, table), name: 'tableImport', params, act });
}

/** `POST /v2/storage/tables/{id}/export-async`: repeating an export of unchanged data answers the same file. */
export function exportTable(call: Call): Answer {
  const holder = storageWriter(call);
  const table = ownTable(call, holder);
  const body = storageBody(call);
  requireCsv(body);
  const isZipped = isTrue(body['gzip']);
  const selection = exportSelection(call, table, body);
  const { documents, world } = call.simulation;
  const isSliced = world.settings.slicedExports;
  const key = JSON.stringify([selection, isZipped, isSliced]);
  const act = (): Effect => {
    requireTable(table);
    const cached = world.storage.files.find(holder.project, table.exports.get(key) ?? '');
    if (cached !== undefined) return { results: fileResult(documents.id(cached.id, 'number'), true) };
    const parts = exportParts(table, selection, isSliced);
    const { id } = addFile(call, holder, { name: `${table.id}.csv`, parts, isSliced, isZipped });
    if (table.exports.size < EXPORTS_PER_TABLE_MAX) table.exports.set(key, id);
    return {
      results: fileResult(documents.id(id, 'number'), false),
      outBytes: parts.reduce((sum, part) => sum + part.byteLength, 0),
    };
  };
  const params = { export: { ...body, gzipOutput: isZipped, fileType: 'csv' }, queue: 'main_fast' };
  return startOperation(call, holder, { name: 'tableExport', params, tableId: table.id, act });
}

/** `DELETE /v2/storage/tables/{id}/rows`: the rows that match, or all rows if `allowTruncate` confirms that. */
export function deleteRows(call: Call): Answer {
  const holder = storageWriter(call);
  const table = ownTable(call, holder);
  const asked = { ...Object.fromEntries(call.query), ...storageBody(call) };
  const selection = rowSelection(call, table, asked);
  const { filters, changedSinceMs, changedUntilMs } = selection;
  const isAll = filters.length === 0 && changedSinceMs === undefined && changedUntilMs === undefined;
  if (isAll && !isTrue(asked['allowTruncate'])) {
    const message = 'To delete all rows, allowTruncate must be true';
    throw new StorageProblem(400, 'storage.tables.validation.unintendedTruncation', message);
  }
  const { world } = call.simulation;
  const act = (): Effect => {
    requireTable(table);
    const isMeant = rowFilter(table, selection);
    const kept = table.rows.filter((row: Row) => !isMeant(row));
    const deletedRows = table.rows.length - kept.length;
    replaceRows(table, kept, world.storage.room);
    table.lastChangeAtMs = world.nowMs;
    return { results: { deletedRows } };
  };
  const params = { request: asked };
  return startOperation(call, holder, { ...onTable(holder, table), name: 'tableRowsDelete', params, act });
}

/** Slices have no header, and an export without rows still has one slice. */
function exportParts(table: Table, selection: ExportSelection, isSliced: boolean): Buffer[] {
  const { columns, rows } = selectRows(table, selection);
  if (!isSliced) return [writeCsv([columns, ...rows])];
  const count = Math.max(1, Math.ceil(rows.length / ROWS_PER_SLICE));
  return Array.from({ length: count }, (_, at) => writeCsv(rows.slice(at * ROWS_PER_SLICE, (at + 1) * ROWS_PER_SLICE)));
}

function onTable(holder: Holder, { id }: Table): { tableId: string; lock: string } {
  return { tableId: id, lock: tableLock(holder, id) };
}

/** Since the job was accepted, the table may have been deleted, or replaced by another one of the same name. */
function requireTable(table: Table): void {
  if (table.bucket.tables.get(table.name) === table) return;
  const message = `The table "${table.name}" was not found in the bucket "${table.bucket.id}"`;
  throw new StorageFailure('storage.tables.notFound', message);
}

function requireCsv(body: JsonObject): void {
  const [format, type] = [bodyText(body, 'format') ?? 'rfc', bodyText(body, 'fileType') ?? 'csv'];
  if (format === 'rfc' && type === 'csv') return;
  throw new StorageProblem(
    400,
    'storage.tables.validation',
    `The sandbox exports CSV of RFC 4180 only, not ${format} ${type}`,
  );
}

function fileResult(id: unknown, cacheHit: boolean): JsonObject {
  return { file: { id }, cacheHit };
}
