import type { JsonObject } from '../../json.js';
import { emptyBucket } from '../../storage/catalog.js';
import type { Bucket } from '../../storage/catalog.js';
import { dropTable } from '../../storage/drop-table.js';
import { isLegalName } from '../../storage/names.js';
import { StorageFailure } from '../../storage/storage-failure.js';
import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { storageHolder } from '../call.js';
import type { Call, Holder } from '../call.js';
import { StorageProblem } from '../../answer/problem.js';

import { startOperation } from './start-storage-job.js';
import { bodyText, isTrue, storageBody, storageWriter } from './storage-call.js';

const STAGES = ['in', 'out'];
const BACKENDS = ['snowflake', 'bigquery'];

/** `POST /v2/storage/buckets` */
export function createBucket(call: Call): Answer {
  const { project } = storageWriter(call);
  const body = storageBody(call);
  const name = requireName(body, 'name', bodyText(body, 'name') ?? '');
  const displayName = requireName(body, 'displayName', bodyText(body, 'displayName') ?? name);
  const stage = oneOf('stage', bodyText(body, 'stage') ?? 'in', STAGES);
  const backend = oneOf('backend', bodyText(body, 'backend') ?? 'snowflake', BACKENDS);
  const { world } = call.simulation;
  const bucket: Bucket = {
    ...emptyBucket(project, stage, name, world.nowMs),
    displayName,
    backend,
    description: bodyText(body, 'description') ?? '',
  };
  world.storage.catalog.addBucket(bucket);
  return { status: 201, json: describeBucket(call, bucket) };
}

/** `GET /v2/storage/buckets` */
export function listBuckets(call: Call): Answer {
  const { project } = storageHolder(call);
  return ok(call.simulation.world.storage.catalog.bucketsOf(project).map((bucket) => describeBucket(call, bucket)));
}

/** `GET /v2/storage/buckets/{id}` */
export function showBucket(call: Call): Answer {
  return ok(describeBucket(call, ownBucket(call, storageHolder(call))));
}

/** `DELETE /v2/storage/buckets/{id}[?force=true][&async=true]`: only an empty bucket, unless forced. */
export function deleteBucket(call: Call): Answer {
  const holder = storageWriter(call);
  const bucket = ownBucket(call, holder);
  const isForced = isTrue(call.query.get('force'));
  requireDeletable(bucket, isForced);
  const act = (): { results: null } => {
    requireDeletable(bucket, isForced);
    const { storage } = call.simulation.world;
    for (const table of bucket.tables.values()) dropTable(storage, table);
    storage.catalog.removeBucket(bucket);
    return { results: null };
  };
  if (isTrue(call.query.get('async'))) {
    const params = { params: { idBucket: bucket.id, force: isForced } };
    return startOperation(call, holder, { name: 'bucketDelete', params, act });
  }
  act();
  return { status: 204 };
}

/** @throws StorageProblem 404 */
export function ownBucket(call: Call, { project }: Holder): Bucket {
  const { bucket: id = '' } = call.params;
  const bucket = call.simulation.world.storage.catalog.bucket(project, id);
  if (bucket === undefined) throw new StorageProblem(404, 'storage.buckets.notFound', `Bucket ${id} not found`);
  return bucket;
}

export function describeBucket({ origin, simulation }: Call, bucket: Bucket): JsonObject {
  const { id, name, displayName, stage, description, backend, project } = bucket;
  const { zone } = simulation.documents;
  const tables = [...bucket.tables.values()];
  const changed = bucket.lastChangeAtMs;
  return {
    uri: `${origin}/v2/storage/buckets/${id}`,
    id,
    name,
    displayName,
    stage,
    description,
    tables: `${origin}/v2/storage/buckets/${id}/tables`,
    created: zone.isoBasic(bucket.createdAtMs),
    lastChangeDate: changed === null ? null : zone.isoBasic(changed),
    isReadOnly: false,
    dataSizeBytes: tables.reduce((sum, { dataBytes }) => sum + dataBytes, 0),
    rowsCount: tables.reduce((sum, { rows }) => sum + rows.length, 0),
    isMaintenance: false,
    backend,
    hasExternalSchema: false,
    databaseName: '',
    sharing: null,
    bucketSharingAllowed: true,
    color: null,
    isLinkedBucket: false,
    owner: null,
    metadata: [],
    path: `KEBOOLA_${project.id}.${id}`,
    backendPath: [`KEBOOLA_${project.id}`, id],
  };
}

function requireDeletable({ tables }: Bucket, isForced: boolean): void {
  if (isForced || tables.size === 0) return;
  const message = `Only empty buckets can be deleted. There are ${tables.size} tables in the bucket.`;
  throw new StorageFailure('buckets.deleteNotEmpty', message);
}

function requireName(body: JsonObject, field: string, name: string): string {
  if (isLegalName(name)) return name;
  const rule = 'contains not allowed characters. Only alphanumeric characters dash and underscores are allowed.';
  const message = `Invalid data - ${field}: '${bodyText(body, field) ?? ''}' ${rule}`;
  throw new StorageProblem(400, 'storage.buckets.validation', message);
}

function oneOf(field: string, value: string, allowed: readonly string[]): string {
  if (allowed.includes(value)) return value;
  const message = `Invalid data - ${field}: '${value}' is not one of ${allowed.join(', ')}`;
  throw new StorageProblem(400, 'storage.buckets.validation', message);
}
