import { z } from 'zod';

const fileId = z.union([z.string().min(1), z.number()]).transform(String);
const text = z.string().min(1);

const azureKeys = z.object({ SASConnectionString: text });
const awsKeys = z.object({ AccessKeyId: text, SecretAccessKey: text, SessionToken: text });
const gcpKeys = z.object({ access_token: text });

/** What is there for another provider may be anything: only the block of the file's own is looked at. */
function block<T extends z.ZodType>(schema: T): z.ZodCatch<z.ZodOptional<T>> {
  return schema.optional().catch(undefined);
}

const common = { id: fileId, provider: z.string().default('unknown'), region: z.string().nullish() };

/**
 * The answer to `POST files/prepare` with a federation token: one block for the provider that the project has
 * (keboola/storage-api-php-client `Client::uploadFile`).
 */
export const PreparedFile = z.object({
  ...common,
  absUploadParams: block(z.object({ blobName: text, container: text, absCredentials: azureKeys })),
  uploadParams: block(
    z.object({
      ...{ key: text, bucket: text, acl: z.string().nullish(), credentials: awsKeys },
      'x-amz-server-side-encryption': z.string().nullish(),
    }),
  ),
  gcsUploadParams: block(z.object({ bucket: text, key: text, ...gcpKeys.shape })),
});

/** The answer to `GET files/{id}?federationToken=1` (keboola/storage-api-php-client `Downloader`). */
export const FileDocument = z.object({
  ...common,
  isSliced: z.boolean().default(false),
  sizeBytes: z.number().nullish(),
  absPath: block(z.object({ container: text, name: text })),
  absCredentials: block(azureKeys),
  s3Path: block(z.object({ bucket: text, key: text })),
  credentials: block(awsKeys),
  gcsPath: block(z.object({ bucket: text, key: text })),
  gcsCredentials: block(gcpKeys),
});

/** An entry of `GET files`. */
export const FileOfRun = z.object({ id: fileId, runId: z.union([z.string(), z.number()]).transform(String).nullish() });

export type PreparedFile = z.output<typeof PreparedFile>;
export type FileDocument = z.output<typeof FileDocument>;
