import { withoutSlashes } from '../../../job/text/without-slashes.js';
import { SettingsError } from '../../../input/settings-error.js';

/** Where the blobs of an account are, with credentials. Must never be shown. */
export interface Entrance {
  endpoint: string;
  signature: string;
}

/**
 * Parses a connection string: `BlobEndpoint=…;SharedAccessSignature=…`, in any order.
 *
 * @throws SettingsError, which does not show the string.
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
 * Whether the host in a manifest's entry is the account's own, i.e. its endpoint's. If the endpoint has the account in
 * its path, as the sandbox's does, entries still name it in Azure's style.
 */
export function isHostOf({ endpoint }: Pick<Entrance, 'endpoint'>, host: string): boolean {
  const { host: own, pathname } = new URL(endpoint);
  const [, account = ''] = pathname.split('/');
  const named = host.toLowerCase();
  return named === own || (account !== '' && (named === account || named.startsWith(`${account}.blob.`)));
}

/** The address of a blob, with the signature in its query. */
export function blobAddress({ endpoint, signature }: Entrance, container: string, blob: string): URL {
  const url = new URL(endpoint);
  const path = [container, ...blob.split('/')].map(encodeURIComponent).join('/');
  url.pathname = `${withoutSlashes(url.pathname)}/${path}`;
  url.search = signature;
  return url;
}
