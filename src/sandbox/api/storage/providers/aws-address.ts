import type { JsonObject } from '../../../json.js';
import type { FileGrant } from '../../../storage/access/sealed-grant.js';
import type { StoredFile } from '../../../storage/file-store.js';
import type { Call } from '../../call.js';

/** The bucket of all files: the first segment of the path, as on every S3 server other than AWS's own. */
export const AWS_BUCKET = 'kbc-sapi-files-sandbox';
export const AWS_REGION = 'eu-central-1';
export const AWS_ENCRYPTION = 'AES256';

/** `uploadParams` of a prepared file. */
export function awsUploadParams(
  call: Call,
  { blobName: key }: StoredFile,
  grant: FileGrant,
  expiration: string,
): JsonObject {
  return {
    key,
    bucket: AWS_BUCKET,
    acl: 'private',
    'x-amz-server-side-encryption': AWS_ENCRYPTION,
    credentials: awsCredentials(call, grant, expiration),
  };
}

/** `s3Path` and `credentials` of a file that is to be downloaded. */
export function awsDownloadParams(
  call: Call,
  { blobName: key }: StoredFile,
  grant: FileGrant,
  expiration: string,
): JsonObject {
  return { s3Path: { bucket: AWS_BUCKET, key }, credentials: awsCredentials(call, grant, expiration) };
}

/** A presigned URL of one object. */
export function awsUrl({ origin, simulation }: Call, key: string, grant: FileGrant): string {
  const path = key.split('/').map(encodeURIComponent).join('/');
  return `${origin}/${AWS_BUCKET}/${path}?X-Amz-Signature=${simulation.world.storage.grants.seal(grant)}`;
}

function awsCredentials({ simulation }: Call, grant: FileGrant, expiration: string): JsonObject {
  const { accessKeyId, secretAccessKey, sessionToken } = simulation.world.storage.grants.keys(grant);
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: expiration,
  };
}
