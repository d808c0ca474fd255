import { createHash } from 'node:crypto';
import type { StoredFile } from '../../../storage/file-store.js';
import type { Answer } from '../../../answer/answer.js';
import type { Call } from '../../call.js';
import { ranged } from './ranged.js';

const BLOCK_IDS = /<(?:Latest|Uncommitted|Committed)>([^<]*)</g;

/** `PUT /{account}/{container}/{blob}`: a whole blob, one of its blocks, or the list that assembles them. */
export function uploadBlob(call: Call): Answer {
  const file = grantedFile(call, 'w');
  if ('status' in file) return file;
  const md5 = call.header('content-md5');
  if (md5 !== undefined && md5 !== createHash('md5').update(call.content).digest('base64')) {
    return azureError(400, 'Md5Mismatch');
  }
  const { files } = call.simulation.world.storage;
  const [blob, part] = [call.params['*'] ?? '', call.query.get('comp')];
  if (part === 'block') {
    files.putBlock(file, blob, call.query.get('blockid') ?? '', call.content);
  } else if (part === 'blocklist') {
    const ids = [...call.content.toString('utf8').matchAll(BLOCK_IDS)].map(([, id = '']) => id);
    if (files.commitBlocks(file, blob, ids) === undefined) return azureError(400, 'InvalidBlockList');
  } else if (call.header('x-ms-blob-type') === undefined) {
    return azureError(400, 'MissingRequiredHeader');
  } else {
    files.put(file, blob, call.content);
  }
  return { status: 201, headers: { 'x-ms-version': '2017-11-09', etag: `"0x${file.id}"` } };
}

/** `GET /{account}/{container}/{blob}`, whole or a range of it. */
export function downloadBlob(call: Call): Answer {
  const file = grantedFile(call, 'r');
  if ('status' in file) return file;
  const content = file.blobs.get(call.params['*'] ?? '');
  if (content === undefined) return azureError(404, 'BlobNotFound');
  const headers = { 'x-ms-blob-type': 'BlockBlob', 'accept-ranges': 'bytes', etag: `"0x${file.id}"` };
  return ranged(call, content, headers) ?? azureError(416, 'InvalidRange');
}

/** Only the signature is checked: a Storage token is never sent to a file store. */
function grantedFile({ simulation, params, query }: Call, permission: 'r' | 'w'): StoredFile | Answer {
  const { container = '' } = params;
  const { storage, nowMs } = simulation.world;
  if (!storage.signer.allows(query, container, permission, nowMs)) return azureError(403, 'AuthenticationFailed');
  return storage.files.inContainer(container) ?? azureError(404, 'ContainerNotFound');
}

function azureError(status: number, code: string): Answer {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  return { status, text: { type: 'application/xml', body }, headers: { 'x-ms-error-code': code } };
}
