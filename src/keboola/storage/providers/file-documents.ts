import { z } from 'zod';
import { FILE_ID } from '../../../job/storage/file-id.js';
import { id } from '../../../job/text/document-fields.js';
import { leadsOut } from './objects.js';

/** An id, given as text or as a number. Anything else could lead to another address. */
const fileId = z
  .unknown()
  .transform((given) => id(given))
  .pipe(z.string('not the id of a file').regex(FILE_ID, 'not the id of a file'));
const text = z.string().min(1);
/** Part of an address at the provider. */
const place = text.refine((given) => !leadsOut(given));

const azureKeys = z.object({ SASConnectionString: text });
const awsKeys = z.object({ AccessKeyId: text, SecretAccessKey: text, SessionToken: text });
const gcpKeys = z.object({ access_token: text });

/** Blocks of other providers may contain anything: only that of the file's own provider is used. */
function block<T extends z.ZodType>(schema: T): z.ZodCatch<z.ZodOptional<T>> {
  return schema.optional().catch(undefined);
}

const common = {
  id: fileId,
  provider: z
    .string()
    .nullish()
    .transform((given) => given ?? 'unknown'),
  region: z.string().nullish(),
};

/**
 * The answer to `POST files/prepare` with a federation token, with one block for the project's provider
 * (keboola/storage-api-php-client `Client::uploadFile`).
 */
export const PreparedFile = z.object({
  ...common,
  absUploadParams: block(z.object({ blobName: place, container: place, absCredentials: azureKeys })),
  uploadParams: block(
    z.object({
      key: place,
      bucket: place,
      acl: z.string().nullish(),
      credentials: awsKeys,
      'x-amz-server-side-encryption': z.string().nullish(),
    }),
  ),
  gcsUploadParams: block(z.object({ bucket: place, key: place, ...gcpKeys.shape })),
});

/** The answer to `GET files/{id}?federationToken=1` (keboola/storage-api-php-client `Downloader`). */
export const FileDocument = z.object({
  ...common,
  isSliced: z
    .boolean()
    .nullish()
    .transform((given) => given ?? false),
  sizeBytes: z.number().nullish(),
  absPath: block(z.object({ container: place, name: place })),
  absCredentials: block(azureKeys),
  s3Path: block(z.object({ bucket: place, key: place })),
  credentials: block(awsKeys),
  gcsPath: block(z.object({ bucket: place, key: place })),
  gcsCredentials: block(gcpKeys),
});

/** An entry of `GET files`. */
export const FileOfRun = z.object({ id: fileId, runId: z.union([z.string(), z.number()]).transform(String).nullish() });

export type PreparedFile = z.output<typeof PreparedFile>;
export type FileDocument = z.output<typeof FileDocument>;
