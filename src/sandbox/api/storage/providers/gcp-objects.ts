import type { Answer } from '../../../answer/answer.js';
import type { Content } from '../../../storage/content/content.js';
import type { StoredFile } from '../../../storage/file-store.js';
import type { Call } from '../../call.js';
import { GCP_BUCKET, TOKEN_PREFIX } from './gcp-address.js';
import { ranged } from './ranged.js';

const RESUME_INCOMPLETE = 308;
/** Google's status for a cancelled upload. */
const CLOSED = 499;
/** Every chunk of a resumable upload but the last has to be a multiple of this. */
const STEP_BYTES = 262_144;

/** `POST /upload/storage/v1/b/{bucket}/o[?name=]`: a whole object, or the start of a resumable upload. */
export function postGcpObject(call: Call): Answer {
  const key = call.query.get('name') ?? nameInBody(call);
  const file = grantedFile(call, key, 'w');
  if ('status' in file) return file;
  const { files } = call.simulation.world.storage;
  if (call.query.get('uploadType') === 'media') {
    return { status: 200, json: objectOf(key, files.put(file, key, call.content)) };
  }
  const query = new URLSearchParams({ uploadType: 'resumable', name: key, upload_id: files.beginUpload(file) });
  return { status: 200, headers: { location: `${call.origin}${call.path}?${query.toString()}` } };
}

/** Google's libraries begin a resumable upload with a description of the object. */
function nameInBody({ content }: Call): string {
  try {
    const { name } = JSON.parse(content.toString('utf8')) as { name?: unknown };
    return typeof name === 'string' ? name : '';
  } catch {
    return '';
  }
}

/** `PUT` to the URL of a resumable upload: the next bytes, or the question how many have arrived. */
export function putGcpObject(call: Call): Answer {
  const [key, uploadId] = [call.query.get('name') ?? '', call.query.get('upload_id') ?? ''];
  const file = grantedFile(call, key, 'w');
  if ('status' in file) return file;
  const { files } = call.simulation.world.storage;
  const content = file.blobs.get(key);
  // After its end, an upload answers its object again.
  if (!files.hasUpload(file, uploadId)) {
    return content === undefined ? gcpError(404, 'notFound') : { status: 200, json: objectOf(key, content) };
  }
  const range = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/.exec(call.header('content-range') ?? '');
  if (range === null) return gcpError(400, 'badRequest');
  const [, from, , total = '*'] = range;
  const refusal = from === undefined ? undefined : keep(call, file, { key, from: Number(from), isLast: total !== '*' });
  if (refusal !== undefined) return refusal;
  const bytes = arrived(file, key);
  if (total === '*' || bytes < Number(total)) return resume(bytes);
  const whole = files.commitAppended(file, key);
  files.endUpload(file, uploadId, key);
  return { status: 200, json: objectOf(key, whole) };
}

/** `DELETE` of the URL of a resumable upload: cancels it. */
export function abortGcpObject(call: Call): Answer {
  const [key, uploadId] = [call.query.get('name') ?? '', call.query.get('upload_id') ?? ''];
  const file = grantedFile(call, key, 'w');
  if ('status' in file) return file;
  call.simulation.world.storage.files.endUpload(file, uploadId, key);
  return { status: CLOSED, json: {} };
}

/** `GET [/download]/storage/v1/b/{bucket}/o/{key}?alt=media`, whole or a range of it. */
export function getGcpObject(call: Call): Answer {
  return download(call, call.params['object'] ?? '', (key) => grantedFile(call, key, 'r'));
}

/** `GET /{bucket}/{key}?X-Goog-Signature=`: a download by a signed URL. */
export function getLinkedGcpObject(call: Call): Answer {
  const sealed = call.query.get('X-Goog-Signature') ?? '';
  return download(call, call.params['*'] ?? '', (key) => fileOf(call, sealed, key, 'r'));
}

function download(call: Call, key: string, granted: (key: string) => StoredFile | Answer): Answer {
  const file = granted(key);
  if ('status' in file) return file;
  const content = file.blobs.get(key);
  if (content === undefined) return gcpError(404, 'notFound');
  const headers = { 'x-goog-generation': file.id, 'x-goog-hash': `md5=${content.md5}` };
  return ranged(call, content, headers) ?? gcpError(416, 'requestedRangeNotSatisfiable');
}

/** Skips bytes that have arrived before, and refuses a gap. */
function keep(
  { simulation, content }: Call,
  file: StoredFile,
  { key, from, isLast }: { key: string; from: number; isLast: boolean },
): Answer | undefined {
  const bytes = arrived(file, key);
  if (from > bytes) return gcpError(503, 'backendError');
  if (!isLast && content.byteLength % STEP_BYTES !== 0) return gcpError(400, 'badRequest');
  const rest = content.subarray(bytes - from);
  if (rest.byteLength > 0) simulation.world.storage.files.append(file, key, rest);
  return undefined;
}

function arrived({ blocks }: StoredFile, key: string): number {
  return [...(blocks.get(key)?.values() ?? [])].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

function resume(bytes: number): Answer {
  return { status: RESUME_INCOMPLETE, headers: bytes === 0 ? {} : { range: `bytes=0-${bytes - 1}` } };
}

function grantedFile(call: Call, key: string, permission: 'r' | 'w'): StoredFile | Answer {
  const [, token = ''] = /^Bearer (\S+)$/.exec(call.header('authorization') ?? '') ?? [];
  const sealed = token.startsWith(TOKEN_PREFIX) ? token.slice(TOKEN_PREFIX.length) : '';
  return call.params['bucket'] === GCP_BUCKET ? fileOf(call, sealed, key, permission) : gcpError(404, 'notFound');
}

function fileOf({ simulation }: Call, sealed: string, key: string, permission: 'r' | 'w'): StoredFile | Answer {
  const { storage, nowMs } = simulation.world;
  const grant = storage.grants.open(sealed);
  if (grant === undefined || grant.untilMs < nowMs) return gcpError(401, 'authError');
  const file = storage.files.inContainer(grant.container);
  const isWithin = grant.permissions.includes(permission) && file !== undefined && key.startsWith(file.blobName);
  return isWithin ? file : gcpError(403, 'forbidden');
}

function objectOf(key: string, content: Content): object {
  return {
    kind: 'storage#object',
    name: key,
    bucket: GCP_BUCKET,
    size: String(content.byteLength),
    md5Hash: content.md5,
    crc32c: content.crc32c,
  };
}

function gcpError(code: number, reason: string): Answer {
  return { status: code, json: { error: { code, message: reason, errors: [{ domain: 'global', reason }] } } };
}
