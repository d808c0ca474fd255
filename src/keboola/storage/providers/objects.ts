import { singleHeader, type OpenAnswer, type RawHeaders } from '../../http/exchange.js';
import { ForeignSlice, type From } from './provider.js';

const PARTIAL_CONTENT = 206;
/** A segment that URLs resolve away: it would lead out of the folder. */
const DOTS = /^(?:\.|%2e){1,2}$/i;

/** The header that asks for the content from a byte on; none for the whole. */
export function rangeOf({ byte }: From): Record<string, string> {
  return byte === 0 ? {} : { range: `bytes=${byte}-` };
}

/** The byte at which an answer's content begins: it may be 0 although a range was asked for. Undefined if unknown. */
export function firstByte({ status, headers }: Pick<OpenAnswer, 'status' | 'headers'>): number | undefined {
  if (status !== PARTIAL_CONTENT) return 0;
  const [, first] = /^bytes (\d+)-\d+\//.exec(singleHeader(headers['content-range']) ?? '') ?? [];
  return first === undefined ? undefined : Number(first);
}

/** The length of a whole object, by the answer to a request for the object or for a range of it. */
export function totalBytes(headers: RawHeaders): number | undefined {
  const [, total] = /^bytes \d+-\d+\/(\d+)$/.exec(singleHeader(headers['content-range']) ?? '') ?? [];
  const text = total ?? singleHeader(headers['content-length']);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** A key as AWS and Google want it in a path: everything but letters, digits and `-._~/` is escaped. */
export function escapedKey(key: string): string {
  return key.split('/').map(escaped).join('/');
}

export function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The object to ask for first: for a sliced file its manifest, which some stores' keys already name. */
export function firstObject(key: string, isSliced: boolean): string {
  return isSliced && !key.endsWith('manifest') ? `${key}manifest` : key;
}

/** The key of a slice, by an entry such as `s3://{bucket}/{key}` below the file's key. @throws ForeignSlice */
export function keyOfSlice(entry: string, scheme: string, { bucket, key }: { bucket: string; key: string }): string {
  const own = key.replace(/manifest$/, '');
  return own + entryPath(entry, [scheme], `${bucket}/${own}`, false);
}

/**
 * The path that a manifest's entry names, relative to the file's own folder. We never contact the entry's host.
 *
 * @param own what every entry has to begin with, after its host: the bucket or container, and a folder.
 * @param hasHost whether the entry is a URL with a host, which is percent-encoded; a key without a host is not.
 * @throws ForeignSlice
 */
export function entryPath(entry: string, schemes: readonly string[], own: string, hasHost = true): string {
  const [, scheme = '', rest = ''] = /^([a-z0-9]+:)\/\/(.+)$/i.exec(entry) ?? [];
  const path = hasHost ? decodeURIComponent(rest.slice(rest.indexOf('/') + 1)) : rest;
  const isOwn = path.startsWith(own) && !leadsOut(path);
  if (schemes.includes(scheme.toLowerCase()) && isOwn) return path.slice(own.length);
  throw new ForeignSlice();
}

/** Whether a path would lead elsewhere once it is part of a URL, however it is escaped. */
export function leadsOut(path: string): boolean {
  return path.split('/').some((step) => DOTS.test(step));
}
