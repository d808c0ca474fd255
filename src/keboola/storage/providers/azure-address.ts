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

/**
 * Whether the host of an entry of a manifest is where the account's blobs are: the one of its endpoint. An endpoint that has the
 * account in its path, as a sandbox's, is named as Azure would have it.
 */
export function isHostOf({ endpoint }: Pick<Entrance, 'endpoint'>, host: string): boolean {
  const { host: own, pathname } = new URL(endpoint);
  const [, account = ''] = pathname.split('/');
  const named = host.toLowerCase();
  return named === own || (account !== '' && (named === account || named.startsWith(`${account}.blob.`)));
}

/** The address of one blob, with its signature in the query. */
export function blobAddress({ endpoint, signature }: Entrance, container: string, blob: string): URL {
  const url = new URL(endpoint);
  const path = [container, ...blob.split('/')].map(encodeURIComponent).join('/');
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`;
  url.search = signature;
  return url;
}
