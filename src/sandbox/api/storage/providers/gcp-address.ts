import type { JsonObject } from '../../../json.js';
import type { FileGrant } from '../../../storage/access/sealed-grant.js';
import type { StoredFile } from '../../../storage/file-store.js';
import type { Call } from '../../call.js';

export const GCP_BUCKET = 'kbc-files-sandbox';
export const GCP_REGION = 'europe-west3';
const PROJECT = 'kbc-sandbox';
/** How Google's own access tokens begin. */
export const TOKEN_PREFIX = 'ya29.';

/** `gcsUploadParams` of a prepared file. */
export function gcpUploadParams(call: Call, { blobName: key }: StoredFile, grant: FileGrant): JsonObject {
  return { bucket: GCP_BUCKET, key, ...gcpCredentials(call, grant) };
}

/** `gcsPath` and `gcsCredentials` of a file that is to be downloaded. */
export function gcpDownloadParams(call: Call, { blobName: key }: StoredFile, grant: FileGrant): JsonObject {
  return { gcsPath: { bucket: GCP_BUCKET, key }, gcsCredentials: gcpCredentials(call, grant) };
}

/** A signed URL of one object. */
export function gcpUrl({ origin, simulation }: Call, key: string, grant: FileGrant): string {
  const path = key.split('/').map(encodeURIComponent).join('/');
  return `${origin}/${GCP_BUCKET}/${path}?X-Goog-Signature=${simulation.world.storage.grants.seal(grant)}`;
}

function gcpCredentials({ simulation }: Call, grant: FileGrant): JsonObject {
  const { storage, nowMs } = simulation.world;
  return {
    projectId: PROJECT,
    access_token: TOKEN_PREFIX + storage.grants.seal(grant),
    expires_in: Math.max(0, Math.floor((grant.untilMs - nowMs) / 1000)),
    token_type: 'Bearer',
  };
}
