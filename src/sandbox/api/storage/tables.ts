import type { JsonObject } from '../../json.js';
import { splitTableId } from '../../storage/catalog.js';
import type { Table } from '../../storage/catalog.js';
import { writeCsv } from '../../storage/csv/csv-writer.js';
import { dropTable } from '../../storage/drop-table.js';
import { selectRows } from '../../storage/export-table.js';
import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { storageHolder } from '../call.js';
import type { Call, Holder } from '../call.js';
import { StorageProblem } from '../../answer/problem.js';
import { describeBucket, ownBucket } from './buckets.js';
import { exportSelection } from './export-selection.js';
import { startOperation } from './start-storage-job.js';
import { queryList } from '../query-list.js';
import { isTrue, queryWhole, storageWriter } from './storage-call.js';

const PREVIEW_DEFAULT = 100;
const PREVIEW_MAX = 1_000;

/** `GET /v2/storage/tables` */
export function listTables(call: Call): Answer {
  const { project } = storageHolder(call);
  const buckets = call.simulation.world.storage.catalog.bucketsOf(project);
  return ok(buckets.flatMap(({ tables }) => [...tables.values()].map((table) => describeTable(call, table))));
}

/** `GET /v2/storage/buckets/{id}/tables` */
export function listTablesOfBucket(call: Call): Answer {
  const { tables } = ownBucket(call, storageHolder(call));
  return ok([...tables.values()].map((table) => describeTable(call, table)));
}

/** `GET /v2/storage/tables/{id}` */
export function showTable(call: Call): Answer {
  return ok(describeTable(call, ownTable(call, storageHolder(call))));
}

/** `GET /v2/storage/tables/{id}/data-preview`: the first rows as CSV, without a job. */
export function previewTable(call: Call): Answer {
  const table = ownTable(call, storageHolder(call));
  const limit = queryWhole(call, 'limit', PREVIEW_DEFAULT, PREVIEW_MAX);
  const columns = queryList(call.query, 'columns').flatMap((text) => text.split(','));
  const shown = selectRows(table, exportSelection(call, table, { columns, limit }));
  const body = writeCsv([shown.columns, ...shown.rows]);
  return { status: 200, binary: { type: 'text/csv; charset=UTF-8', body } };
}

/** `DELETE /v2/storage/tables/{id}[?async=true]` */
export function deleteTable(call: Call): Answer {
  const holder = storageWriter(call);
  const table = ownTable(call, holder);
  const act = (): { results: null } => {
    dropTable(call.simulation.world.storage, table);
    return { results: null };
  };
  if (!isTrue(call.query.get('async'))) {
    act();
    return { status: 204 };
  }
  const lock = tableLock(holder, table.id);
  return startOperation(call, holder, { name: 'tableDrop', params: { force: false }, tableId: table.id, lock, act });
}

/** @throws StorageProblem 404 for the bucket or the table */
export function ownTable(call: Call, { project }: Holder): Table {
  const { table: id = '' } = call.params;
  const { catalog } = call.simulation.world.storage;
  const table = catalog.table(project, id);
  if (table !== undefined) return table;
  const { bucketId, name } = splitTableId(id);
  if (catalog.bucket(project, bucketId) === undefined) {
    throw new StorageProblem(404, 'storage.buckets.notFound', `Bucket ${bucketId} not found`);
  }
  throw new StorageProblem(
    404,
    'storage.tables.notFound',
    `The table "${name}" was not found in the bucket "${bucketId}"`,
  );
}

/** Operations on one table wait for each other. */
export function tableLock({ project }: Holder, tableId: string): string {
  return `${project.id} ${tableId}`;
}

export function describeTable(call: Call, table: Table): JsonObject {
  const { id, name, bucket, primaryKey, columns, rows } = table;
  const { zone } = call.simulation.documents;
  return {
    uri: `${call.origin}/v2/storage/tables/${id}`,
    id,
    name,
    displayName: name,
    transactional: false,
    primaryKey,
    indexType: null,
    indexKey: [],
    distributionType: null,
    distributionKey: [],
    syntheticPrimaryKeyEnabled: false,
    created: zone.isoBasic(table.createdAtMs),
    lastImportDate: zone.isoBasic(table.lastImportAtMs),
    lastChangeDate: zone.isoBasic(table.lastChangeAtMs),
    rowsCount: rows.length,
    dataSizeBytes: table.dataBytes,
    isAlias: false,
    isAliasable: true,
    isTyped: false,
    tableType: 'table',
    path: `${bucket.name}.${name}`,
    columns,
    metadata: [],
    columnMetadata: {},
    bucket: describeBucket(call, bucket),
  };
}
