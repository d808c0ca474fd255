import type { JsonObject } from '../../json.js';
import type { StoredFile } from '../../storage/file-store.js';
import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { storageHolder } from '../call.js';
import type { Call, Holder } from '../call.js';
import { StorageProblem } from '../../answer/problem.js';
import { downloadParams, fileUrl, REGIONS, uploadParams } from './providers/hand-out.js';
import { MAX_AGE_DAYS, prepareFile } from './new-file.js';
import { startOperation } from './start-storage-job.js';
import { queryList } from '../query-list.js';
import { bodyList, bodyText, isTrue, queryWhole, storageBody, storageWriter } from './storage-call.js';

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 10_000;
const OFFSET_MAX = 1_000_000;
const NAME_CHARACTERS_MAX = 255;

/** `POST /v2/storage/files/prepare`: creates a file without content and answers what it takes to upload that. */
export function prepareUpload(call: Call): Answer {
  const holder = storageWriter(call);
  const body = storageBody(call);
  const name = bodyText(body, 'name') ?? '';
  // The blob gets this name, in which a slash would make a folder.
  if (!/^[^/\\]+$/.test(name) || name.length > NAME_CHARACTERS_MAX) {
    throw new StorageProblem(400, 'storage.files.validation', 'Invalid data - name: must be a file name');
  }
  const file = prepareFile(call, holder, {
    name,
    tags: bodyList(body, 'tags'),
    isSliced: isTrue(body['isSliced']),
    isPermanent: isTrue(body['isPermanent']),
    sizeBytes: Number(bodyText(body, 'sizeBytes') ?? 0) || null,
  });
  return { status: 201, json: { ...describeFile(call, file), ...uploadParams(call, file) } };
}

/** `PUT /v2/storage/files/{id}/refresh`: the answer of `prepare` again, with fresh credentials. */
export function refreshUpload(call: Call): Answer {
  const file = ownFile(call, storageWriter(call));
  return ok({ ...describeFile(call, file), ...uploadParams(call, file) });
}

/** `GET /v2/storage/files/{id}[?federationToken=1]`: with a fresh download URL. */
export function showFile(call: Call): Answer {
  const file = ownFile(call, storageHolder(call));
  const isFederated = isTrue(call.query.get('federationToken'));
  return ok({ ...describeFile(call, file), ...(isFederated ? downloadParams(call, file) : {}) });
}

/** `GET /v2/storage/files`: newest first, as fresh as the search index. */
export function listFiles(call: Call): Answer {
  const { project } = storageHolder(call);
  const { world } = call.simulation;
  const [tags, runId] = [queryList(call.query, 'tags'), call.query.get('runId')];
  const [since, before] = [idOf(call, 'sinceId'), idOf(call, 'maxId')];
  const offset = queryWhole(call, 'offset', 0, OFFSET_MAX);
  const limit = queryWhole(call, 'limit', LIMIT_DEFAULT, LIMIT_MAX);
  const found = world.storage.files
    .newestFirst(project)
    .filter((file) => file.createdAtMs <= world.visibleUntilMs())
    .filter((file) => tags.length === 0 || tags.some((tag) => file.tags.includes(tag)))
    .filter((file) => runId === null || file.runId === runId)
    .filter(({ id }) => (since === undefined || BigInt(id) > since) && (before === undefined || BigInt(id) < before));
  return ok(found.slice(offset, offset + limit).map((file) => describeFile(call, file)));
}

/** `DELETE /v2/storage/files/{id}[?async=true]` */
export function deleteFile(call: Call): Answer {
  const holder = storageWriter(call);
  const file = ownFile(call, holder);
  const act = (): { results: null } => {
    call.simulation.world.storage.files.remove(file);
    return { results: null };
  };
  if (isTrue(call.query.get('async'))) {
    return startOperation(call, holder, { name: 'fileDelete', params: { fileId: file.id }, act });
  }
  act();
  return { status: 204 };
}

function ownFile(call: Call, { project }: Holder): StoredFile {
  const { file: id = '' } = call.params;
  const file = call.simulation.world.storage.files.find(project, id);
  if (file === undefined) throw new StorageProblem(404, 'storage.files.notFound', `File ${id} not found`);
  return file;
}

function describeFile(call: Call, file: StoredFile): JsonObject {
  const { documents } = call.simulation;
  const { name, tags, isSliced, runId, token, provider } = file;
  const size = [...file.blobs.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  return {
    id: documents.id(file.id, 'number'),
    created: documents.zone.isoBasic(file.createdAtMs),
    isPublic: false,
    isSliced,
    isEncrypted: true,
    name,
    fileType: name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : '',
    url: fileUrl(call, file),
    provider,
    region: REGIONS[provider],
    sizeBytes: size > 0 ? size : file.sizeBytes,
    tags,
    maxAgeDays: file.isPermanent ? null : MAX_AGE_DAYS,
    runId,
    runIds: runId === null ? [] : [runId],
    creatorToken: { id: Number(token.id), description: token.description },
  };
}

function idOf({ query }: Call, name: string): bigint | undefined {
  const text = query.get(name) ?? '';
  return /^\d{1,30}$/.test(text) ? BigInt(text) : undefined;
}
