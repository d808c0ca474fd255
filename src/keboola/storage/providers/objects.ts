import { singleHeader, type OpenAnswer, type RawHeaders } from '../../http/exchange.js';
import { ForeignSlice, type From } from './provider.js';

const PARTIAL_CONTENT = 206;
/** A step in a path that an address does not keep: it would lead out of where the path begins. */
const DOTS = /^(?:\.|%2e){1,2}$/i;

/** The header that asks for what follows a byte; none for the whole. */
export function rangeOf({ byte }: From): Record<string, string> {
  return byte === 0 ? {} : { range: `bytes=${byte}-` };
}

/** Where the content of an answer begins: it may be the whole although a part was asked for. Undefined for one that hides it. */
export function firstByte({ status, headers }: Pick<OpenAnswer, 'status' | 'headers'>): number | undefined {
  if (status !== PARTIAL_CONTENT) return 0;
  const [, first] = /^bytes (\d+)-\d+\//.exec(singleHeader(headers['content-range']) ?? '') ?? [];
  return first === undefined ? undefined : Number(first);
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

/** The object to ask for first: of a sliced file its manifest, which some stores name already. */
export function firstObject(key: string, isSliced: boolean): string {
  return isSliced && !key.endsWith('manifest') ? `${key}manifest` : key;
}

/** The key of a slice by an entry such as `s3://{bucket}/{key}`, below the key of the file. @throws ForeignSlice */
export function keyOfSlice(entry: string, scheme: string, { bucket, key }: { bucket: string; key: string }): string {
  const own = key.replace(/manifest$/, '');
  return own + entryPath(entry, [scheme], `${bucket}/${own}`, false);
}

/**
 * What an entry of a manifest names, below what is the file's own. The host of an entry is never spoken to.
 *
 * @param own what every entry has to begin with, behind its host: the bucket or container, and a folder.
 * @param hasHost whether it is an address, in which signs are escaped; a key without a host is written as it is.
 * @throws ForeignSlice
 */
export function entryPath(entry: string, schemes: readonly string[], own: string, hasHost = true): string {
  const [, scheme = '', rest = ''] = /^([a-z0-9]+:)\/\/(.+)$/i.exec(entry) ?? [];
  const path = hasHost ? decodeURIComponent(rest.slice(rest.indexOf('/') + 1)) : rest;
  const isOwn = path.startsWith(own) && !leadsOut(path);
  if (schemes.includes(scheme.toLowerCase()) && isOwn) return path.slice(own.length);
  throw new ForeignSlice();
}

/** Whether a path is another one once it is in an address, however it is escaped. */
export function leadsOut(path: string): boolean {
  return path.split('/').some((step) => DOTS.test(step));
}
