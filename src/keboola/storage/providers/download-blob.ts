import { createHash } from 'node:crypto';
import { KeboolaError } from '../../http/keboola-error.js';
import type { From, OpenBlob, Provider } from './provider.js';

/** RFC 9110, 15.5.17. If the version of the blob is fixed, it means that we already have all bytes. */
const RANGE_NOT_SATISFIABLE = 416;

/** How to download a blob. */
export interface DownloadOptions {
  signal: AbortSignal;
  /** Retries opening the blob. */
  attempt: <T>(work: () => Promise<T>) => Promise<T>;
  /** How often in a row a download may break without a byte in between. */
  breaksMax: number;
}

/**
 * Streams the bytes of a blob. If the connection breaks, it resumes at the byte where it broke, in the same version of
 * the blob.
 *
 * @throws KeboolaError, also if the length or the checksum differs from what the provider says.
 */
export async function* downloadBlob(
  provider: Provider,
  blob: string,
  { signal, attempt, breaksMax }: DownloadOptions,
): AsyncGenerator<Buffer, void> {
  const md5 = createHash('md5');
  let [at, breaks] = [0, 0];
  let first: OpenBlob | undefined;
  // Each turn reads at least one byte, or is one of the few breaks that are allowed.
  while (first === undefined || at !== first.bytes) {
    const { version } = first ?? {};
    const opened = await attempt(() => openRest(provider, blob, { byte: at, ...(version && { version }) }, signal));
    if (opened === undefined) {
      if (first?.bytes === undefined) break;
      throw incomplete(first, `${at} of ${first.bytes} bytes came, and nothing follows`);
    }
    first ??= opened;
    const from = at;
    try {
      for await (const piece of opened.body) {
        requireSound(opened, from);
        at += piece.byteLength;
        breaks = 0;
        md5.update(piece);
        yield piece;
      }
      requireSound(opened, from);
      if (first.bytes !== undefined && at !== first.bytes)
        throw incomplete(first, `${at} of ${first.bytes} bytes came`);
      break;
    } catch (error) {
      breaks += 1;
      if (!(error instanceof KeboolaError) || !error.isSilence || signal.aborted || breaks > breaksMax) throw error;
    }
  }
  if (first?.md5 !== undefined && md5.digest('base64') !== first.md5)
    throw incomplete(first, 'its checksum does not match');
}

/** @returns undefined if nothing follows: the connection broke after the last byte of a blob of unknown length. */
async function openRest(
  provider: Provider,
  blob: string,
  from: From,
  signal: AbortSignal,
): Promise<OpenBlob | undefined> {
  try {
    return await provider.open(blob, from, signal);
  } catch (error) {
    const isPastEnd = error instanceof KeboolaError && error.facts.status === RANGE_NOT_SATISFIABLE;
    if (isPastEnd && from.byte > 0 && from.version !== undefined) return undefined;
    throw error;
  }
}

/** Refuses a proxy's or login page's HTML in place of the file, and content that begins at another byte. */
function requireSound({ path, contentType, firstByte }: OpenBlob, from: number): void {
  if (firstByte !== from) {
    const reason = `another part than was asked for: from byte ${firstByte ?? 'unknown'} instead of ${from}`;
    throw new KeboolaError({ kind: 'protocol', method: 'GET', path, reason });
  }
  if (!/^text\/html|^application\/xhtml/i.test(contentType)) return;
  const reason = `${contentType} instead of a file`;
  throw new KeboolaError({ kind: 'unavailable', method: 'GET', path, status: 200, reason });
}

function incomplete({ path }: OpenBlob, reason: string): KeboolaError {
  return new KeboolaError({ kind: 'interrupted', method: 'GET', path, reason });
}
