import { SettingsError } from '../../../input/settings-error.js';

/** Where the blobs of an account are, and what lets us in. Never to be shown. */
export interface Entrance {
  endpoint: string;
  signature: string;
}

/**
 * Reads a connection string: `BlobEndpoint=…;SharedAccessSignature=…`, in any order.
 *
 * @throws SettingsError that does not show it.
 */
export function entranceOf(connectionString: string): Entrance {
  const parts = new Map(
    connectionString.split(';').flatMap((part): [string, string][] => {
      const at = part.indexOf('=');
      return at < 0 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1)]];
    }),
  );
  const [endpoint, signature] = [parts.get('BlobEndpoint'), parts.get('SharedAccessSignature')];
  if (endpoint && signature) return { endpoint, signature: signature.replace(/^\?/, '') };
  throw new SettingsError('Keboola names no usable place for a file: its connection string lacks a part.');
}

/** The address of one blob, with its signature in the query. */
export function blobAddress({ endpoint, signature }: Entrance, container: string, blob: string): URL {
  const url = new URL(endpoint);
  const path = [container, ...blob.split('/')].map(encodeURIComponent).join('/');
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`;
  url.search = signature;
  return url;
}
