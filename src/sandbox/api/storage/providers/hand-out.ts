import type { JsonObject } from '../../../json.js';
import type { FileGrant } from '../../../storage/access/sealed-grant.js';
import type { StoredFile } from '../../../storage/file-store.js';
import type { FileProvider } from '../../../settings.js';
import type { Call } from '../../call.js';
import { AWS_BUCKET, AWS_REGION, awsDownloadParams, awsUploadParams, awsUrl } from './aws-address.js';
import { ACCOUNT, blobUrl, connectionString, containerQuery } from './azure-address.js';
import { GCP_BUCKET, GCP_REGION, gcpDownloadParams, gcpUploadParams, gcpUrl } from './gcp-address.js';

const HOUR_MS = 3_600_000;
/** For how long the credentials are valid. */
const CREDENTIAL_HOURS: Record<FileProvider, number> = { azure: 12, aws: 12, gcp: 1 };
const LINK_HOURS = 1;

export const REGIONS: Record<FileProvider, string> = { azure: 'us-east-1', aws: AWS_REGION, gcp: GCP_REGION };

/** What it takes to upload a file, under the key of its provider. */
export function uploadParams(call: Call, file: StoredFile): JsonObject {
  const { grant, expiration } = grantFor(call, file, 'rw');
  switch (file.provider) {
    case 'aws':
      return { uploadParams: awsUploadParams(call, file, grant, expiration) };
    case 'gcp':
      return { gcsUploadParams: gcpUploadParams(call, file, grant) };
    case 'azure':
      return { absUploadParams: { blobName: file.blobName, ...azurePlace(call, file, grant, expiration) } };
  }
}

/** What it takes to download a file. */
export function downloadParams(call: Call, file: StoredFile): JsonObject {
  const { grant, expiration } = grantFor(call, file, 'r');
  switch (file.provider) {
    case 'aws':
      return awsDownloadParams(call, file, grant, expiration);
    case 'gcp':
      return gcpDownloadParams(call, file, grant);
    case 'azure': {
      const { absCredentials, accountName, container } = azurePlace(call, file, grant, expiration);
      return { absPath: { accountName, container, name: file.blobName }, absCredentials };
    }
  }
}

/** A URL by which anybody may read a file, or the manifest of a sliced one, for an hour. */
export function fileUrl(call: Call, file: StoredFile): string {
  const { nowMs } = call.simulation.world;
  const blob = file.isSliced ? `${file.blobName}manifest` : file.blobName;
  const grant: FileGrant = { container: file.container, permissions: 'r', untilMs: nowMs + LINK_HOURS * HOUR_MS };
  switch (file.provider) {
    case 'aws':
      return awsUrl(call, blob, grant);
    case 'gcp':
      return gcpUrl(call, blob, grant);
    case 'azure':
      return blobUrl(call, file, blob, nowMs);
  }
}

/** How the manifest of a file names one of its slices. */
export function sliceUrl({ provider, container }: StoredFile, blob: string): string {
  switch (provider) {
    case 'aws':
      return `s3://${AWS_BUCKET}/${blob}`;
    case 'gcp':
      return `gs://${GCP_BUCKET}/${blob}`;
    case 'azure':
      return `azure://${ACCOUNT}.blob.core.windows.net/${container}/${blob}`;
  }
}

function grantFor(
  { simulation }: Call,
  { container, provider }: StoredFile,
  permissions: FileGrant['permissions'],
): { grant: FileGrant; expiration: string } {
  const { world, documents } = simulation;
  const untilMs = world.nowMs + CREDENTIAL_HOURS[provider] * HOUR_MS;
  return { grant: { container, permissions, untilMs }, expiration: documents.zone.isoBasic(untilMs) };
}

function azurePlace(
  call: Call,
  { container }: StoredFile,
  { permissions, untilMs }: FileGrant,
  expiration: string,
): { accountName: string; container: string; absCredentials: JsonObject } {
  const fromMs = call.simulation.world.nowMs;
  const query = containerQuery(call, { container, permissions: `${permissions}l`, fromMs, untilMs });
  const absCredentials = { SASConnectionString: connectionString(call, query), expiration };
  return { accountName: ACCOUNT, container, absCredentials };
}
