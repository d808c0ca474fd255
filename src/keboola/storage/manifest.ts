import { z } from 'zod';
import { KeboolaError } from '../http/keboola-error.js';
import { ForeignSlice, type Provider } from './providers/provider.js';

const SLICES_MAX = 20_000;
export const MANIFEST_BYTES_MAX = 8 * 1_048_576;

const Manifest = z.object({ entries: z.array(z.object({ url: z.string().min(1) })).max(SLICES_MAX) });

/**
 * The blobs that a manifest names, in order. Its entries are the provider's own addresses, not signed.
 *
 * @throws KeboolaError of kind `protocol`, also for an entry that does not belong to the file.
 */
export function manifestEntries(manifest: Buffer, provider: Provider, id: string): string[] {
  try {
    const { entries } = Manifest.parse(JSON.parse(manifest.toString('utf8')));
    return entries.map(({ url }) => provider.sliceOf(url));
  } catch (error) {
    const reason = error instanceof ForeignSlice ? error.message : 'the manifest of its slices is not as documented';
    throw new KeboolaError({ kind: 'protocol', method: 'GET', path: `/v2/storage/files/${id}`, reason });
  }
}
