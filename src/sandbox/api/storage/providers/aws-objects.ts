import type { Answer } from '../../../answer/answer.js';
import { isSignedWith, readAuthorization, sha256Hex } from '../../../storage/access/aws-signature.js';
import type { Content } from '../../../storage/content/content.js';
import type { StoredFile } from '../../../storage/file-store.js';
import type { Call } from '../../call.js';
import { AWS_ENCRYPTION } from './aws-address.js';
import { ranged } from './ranged.js';

const UNSIGNED = 'UNSIGNED-PAYLOAD';
const PART = /<PartNumber>(\d+)<\/PartNumber>|<ETag>([^<]*)<\/ETag>/g;

/** `PUT /{bucket}/{key}`: a whole object, or one part of a multipart upload. */
export function putObject(call: Call): Answer {
  const file = signedFile(call, 'PUT', 'w');
  if ('status' in file) return file;
  const { files } = call.simulation.world.storage;
  const [uploadId, part] = [call.query.get('uploadId'), call.query.get('partNumber')];
  if (uploadId === null || part === null) {
    const refusal = refuseOther(call);
    if (refusal !== undefined) return refusal;
    return { status: 200, headers: { etag: etagOf(files.put(file, keyOf(call), call.content)) } };
  }
  if (!files.hasUpload(file, uploadId)) return awsError(404, 'NoSuchUpload');
  return {
    status: 200,
    headers: { etag: etagOf(files.putBlock(file, keyOf(call), `${uploadId}/${part}`, call.content)) },
  };
}

/** `POST /{bucket}/{key}?uploads` begins a multipart upload, `?uploadId=` completes it. */
export function postObject(call: Call): Answer {
  const file = signedFile(call, 'POST', 'w');
  if ('status' in file) return file;
  const { files } = call.simulation.world.storage;
  const uploadId = call.query.get('uploadId');
  if (uploadId === null) {
    const refusal = call.query.has('uploads') ? refuseOther(call) : awsError(405, 'MethodNotAllowed');
    if (refusal !== undefined) return refusal;
    return xml(
      `<InitiateMultipartUploadResult><UploadId>${files.beginUpload(file)}</UploadId></InitiateMultipartUploadResult>`,
    );
  }
  if (!files.hasUpload(file, uploadId)) return awsError(404, 'NoSuchUpload');
  return completed(call, file, uploadId);
}

/** `DELETE /{bucket}/{key}?uploadId=`: aborts a multipart upload. */
export function abortObject(call: Call): Answer {
  const file = signedFile(call, 'DELETE', 'w');
  if ('status' in file) return file;
  const uploadId = call.query.get('uploadId') ?? '';
  const { files } = call.simulation.world.storage;
  if (!files.hasUpload(file, uploadId)) return awsError(404, 'NoSuchUpload');
  files.endUpload(file, uploadId, keyOf(call));
  return { status: 204 };
}

/** `GET /{bucket}/{key}`, whole or a range of it. */
export function getObject(call: Call): Answer {
  const file = call.query.has('X-Amz-Signature') ? linkedFile(call) : signedFile(call, 'GET', 'r');
  if ('status' in file) return file;
  const content = file.blobs.get(keyOf(call));
  if (content === undefined) return awsError(404, 'NoSuchKey');
  return ranged(call, content, { etag: etagOf(content), 'accept-ranges': 'bytes' }) ?? awsError(416, 'InvalidRange');
}

/** `HEAD /{bucket}/{key}` */
export function headObject(call: Call): Answer {
  const file = signedFile(call, 'HEAD', 'r');
  if ('status' in file) return { status: file.status };
  const content = file.blobs.get(keyOf(call));
  if (content === undefined) return { status: 404 };
  return { status: 200, headers: { etag: etagOf(content), 'content-length': String(content.byteLength) } };
}

function completed(call: Call, file: StoredFile, uploadId: string): Answer {
  const { world, settings } = call.simulation;
  const { files } = world.storage;
  const key = keyOf(call);
  const found = [...call.content.toString('utf8').matchAll(PART)];
  const numbers = found.flatMap(([, number]) => number ?? []);
  const etags = found.flatMap(([, , etag]) => etag?.replaceAll('&quot;', '"') ?? []);
  const parts = numbers.map((number) => file.blocks.get(key)?.get(`${uploadId}/${number}`));
  if (parts.some((part, at) => part === undefined || etagOf(part) !== etags[at])) return awsError(400, 'InvalidPart');
  if (parts.slice(0, -1).some((part) => (part?.byteLength ?? 0) < settings.s3PartBytesMin)) {
    return awsError(400, 'EntityTooSmall');
  }
  files.commitBlocks(
    file,
    key,
    numbers.map((number) => `${uploadId}/${number}`),
  );
  files.endUpload(file, uploadId, key);
  return xml(`<CompleteMultipartUploadResult><ETag>"${uploadId}"</ETag></CompleteMultipartUploadResult>`);
}

/** The file that the temporary keys are for, if they signed the request and allow it; otherwise the refusal. */
function signedFile(call: Call, method: string, permission: 'r' | 'w'): StoredFile | Answer {
  const { storage, nowMs } = call.simulation.world;
  const given = readAuthorization(call.header('authorization'));
  const token = call.header('x-amz-security-token') ?? '';
  if (given === undefined) return awsError(403, 'AccessDenied');
  const grant = storage.grants.open(token);
  const keys = storage.grants.keysOf(token);
  if (grant === undefined || keys.accessKeyId !== given.accessKeyId) return awsError(403, 'InvalidAccessKeyId');
  if (grant.untilMs < nowMs) return awsError(400, 'ExpiredToken');
  const { path, query, header } = call;
  if (!isSignedWith(keys.secretAccessKey, { method, path, query, header }, given)) {
    return awsError(403, 'SignatureDoesNotMatch');
  }
  const sha256 = call.header('x-amz-content-sha256');
  if (sha256 !== UNSIGNED && sha256 !== sha256Hex(call.content)) return awsError(400, 'XAmzContentSHA256Mismatch');
  const file = storage.files.inContainer(grant.container);
  const isWithin =
    grant.permissions.includes(permission) && file !== undefined && keyOf(call).startsWith(file.blobName);
  return isWithin ? file : awsError(403, 'AccessDenied');
}

/** The file of a presigned URL, which admits whoever has it; otherwise the refusal. */
function linkedFile(call: Call): StoredFile | Answer {
  const { storage, nowMs } = call.simulation.world;
  const grant = storage.grants.open(call.query.get('X-Amz-Signature') ?? '');
  const file = grant === undefined || grant.untilMs < nowMs ? undefined : storage.files.inContainer(grant.container);
  return file !== undefined && keyOf(call).startsWith(file.blobName) ? file : awsError(403, 'AccessDenied');
}

/** The bucket refuses objects without the ACL and the encryption that Keboola hands out. */
function refuseOther(call: Call): Answer | undefined {
  const isAsHandedOut =
    call.header('x-amz-acl') === 'private' && call.header('x-amz-server-side-encryption') === AWS_ENCRYPTION;
  return isAsHandedOut ? undefined : awsError(403, 'AccessDenied');
}

function keyOf({ params }: Call): string {
  return params['*'] ?? '';
}

function etagOf({ etag }: Content): string {
  return `"${etag}"`;
}

function awsError(status: number, code: string): Answer {
  return { ...xml(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`), status };
}

function xml(body: string): Answer {
  return { status: 200, text: { type: 'application/xml', body: `<?xml version="1.0" encoding="UTF-8"?>${body}` } };
}
