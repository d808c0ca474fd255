import { SettingsError } from '../../../input/settings-error.js';
import type { AwsPlace } from './aws.js';
import type { AzurePlace } from './azure.js';
import type { FileDocument, PreparedFile } from './file-documents.js';
import type { GcpPlace } from './gcp.js';

/** Where the content of a file is, or will be, with credentials. Must never be shown. */
export type Place =
  ({ provider: 'azure' } & AzurePlace) | ({ provider: 'aws' } & AwsPlace) | ({ provider: 'gcp' } & GcpPlace);

/** AWS's region for buckets that name none. */
const REGION = 'us-east-1';

/** Where to upload a prepared file. @throws SettingsError for an unknown provider. */
export function uploadPlace(file: PreparedFile): Place {
  const { absUploadParams: abs, uploadParams: s3, gcsUploadParams: gcs } = file;
  if (abs) {
    const { container, blobName: blob, absCredentials } = abs;
    return { provider: 'azure', container, blob, connectionString: absCredentials.SASConnectionString };
  }
  if (s3) {
    const { bucket, key, acl, 'x-amz-server-side-encryption': encryption } = s3;
    const handedOut = { acl: acl ?? undefined, encryption: encryption ?? undefined };
    return { provider: 'aws', bucket, key, ...handedOut, region: file.region ?? REGION, ...awsKeys(s3.credentials) };
  }
  if (gcs) return { provider: 'gcp', bucket: gcs.bucket, key: gcs.key, accessToken: gcs.access_token };
  throw unknownPlace(file.provider);
}

/** Where to download a file from. @throws what `uploadPlace` throws. */
export function downloadPlace(file: FileDocument): Place {
  const { absPath, absCredentials, s3Path, credentials, gcsPath, gcsCredentials } = file;
  if (absPath && absCredentials) {
    const { container, name: blob } = absPath;
    return { provider: 'azure', container, blob, connectionString: absCredentials.SASConnectionString };
  }
  if (s3Path && credentials) {
    return { provider: 'aws', ...s3Path, region: file.region ?? REGION, ...awsKeys(credentials) };
  }
  if (gcsPath && gcsCredentials) return { provider: 'gcp', ...gcsPath, accessToken: gcsCredentials.access_token };
  throw unknownPlace(file.provider);
}

function awsKeys({
  AccessKeyId: accessKeyId,
  SecretAccessKey: secretAccessKey,
  SessionToken: sessionToken,
}: Record<'AccessKeyId' | 'SecretAccessKey' | 'SessionToken', string>): Pick<
  AwsPlace,
  'accessKeyId' | 'secretAccessKey' | 'sessionToken'
> {
  return { accessKeyId, secretAccessKey, sessionToken };
}

function unknownPlace(provider: string): SettingsError {
  return new SettingsError(
    `The project keeps its files at "${provider}", and Keboola names no place there that this version can use: ` +
      'it knows Azure, AWS and Google, each by temporary credentials.',
  );
}
