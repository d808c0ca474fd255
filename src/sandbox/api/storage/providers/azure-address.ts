import type { Grant } from '../../../storage/access/blob-signature.js';
import type { StoredFile } from '../../../storage/file-store.js';
import type { Call } from '../../call.js';

/** The storage account of all files: the first segment of the path, as on any Azure server with a single host. */
export const ACCOUNT = 'kbcfshsandbox';
const DOWNLOAD_HOURS = 1;

/** The query that admits its bearer to one container. */
export function containerQuery({ simulation }: Call, grant: Grant): string {
  return simulation.world.storage.signer.sign(grant);
}

/** The connection string by which Azure's libraries find and enter a container. */
export function connectionString({ origin }: Call, query: string): string {
  return `BlobEndpoint=${origin}/${ACCOUNT};SharedAccessSignature=${query}`;
}

/** A signed URL of one blob, valid for an hour. */
export function blobUrl(call: Call, { container }: StoredFile, blobName: string, nowMs: number): string {
  const untilMs = nowMs + DOWNLOAD_HOURS * 3_600_000;
  const query = containerQuery(call, { container, permissions: 'rl', fromMs: nowMs, untilMs });
  return `${call.origin}/${ACCOUNT}/${container}/${encodeURIComponent(blobName)}?${query}`;
}
