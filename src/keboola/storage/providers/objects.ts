import { singleHeader, type RawHeaders } from '../../http/exchange.js';
import { ForeignSlice, type From } from './provider.js';

/** The header that asks for what follows a byte; none for the whole. */
export function rangeOf({ byte }: From): Record<string, string> {
  return byte === 0 ? {} : { range: `bytes=${byte}-` };
}

/** The length of a whole object by the answer to a request for it or for a part of it. */
export function totalBytes(headers: RawHeaders): number | undefined {
  const [, total] = /^bytes \d+-\d+\/(\d+)$/.exec(singleHeader(headers['content-range']) ?? '') ?? [];
  const text = total ?? singleHeader(headers['content-length']);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** A key in a path, as AWS and Google want it: all but letters, digits and `-._~/` escaped. */
export function escapedKey(key: string): string {
  return key.split('/').map(escaped).join('/');
}

export function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * What an entry of a manifest names, below what is the file's own. The host of an entry is never spoken to.
 *
 * @param own what every entry has to begin with, behind its host: the bucket or container, and a folder.
 * @throws ForeignSlice
 */
export function entryPath(entry: string, schemes: readonly string[], own: string, hasHost = true): string {
  const [, scheme = '', rest = ''] = /^([a-z0-9]+:)\/\/(.+)$/i.exec(entry) ?? [];
  const path = decodeURIComponent(hasHost ? rest.slice(rest.indexOf('/') + 1) : rest);
  if (schemes.includes(scheme.toLowerCase()) && path.startsWith(own)) return path.slice(own.length);
  throw new ForeignSlice("an entry of the manifest names a place that is not the file's own");
}
