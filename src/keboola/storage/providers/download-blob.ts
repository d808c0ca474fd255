import { createHash } from 'node:crypto';
import { KeboolaError } from '../../http/keboola-error.js';
import type { OpenBlob, Provider } from './provider.js';

/** How a blob is downloaded. */
export interface DownloadOptions {
  signal: AbortSignal;
  /** Repeats the opening of it. */
  attempt: <T>(work: () => Promise<T>) => Promise<T>;
  /** So often a download may break in a row without a byte in between. */
  breaksMax: number;
}

/**
 * The bytes of a blob while they come. Where the connection breaks it goes on from the byte where it broke, in the same
 * version of the blob.
 *
 * @throws KeboolaError: also when it has another length or checksum than its provider says.
 */
export async function* downloadBlob(
  provider: Provider,
  blob: string,
  { signal, attempt, breaksMax }: DownloadOptions,
): AsyncGenerator<Buffer, void> {
  const md5 = createHash('md5');
  let [at, breaks] = [0, 0];
  let first: OpenBlob | undefined;
  // Each turn reads at least one byte, or is one of the few that are allowed to break.
  for (;;) {
    const { version } = first ?? {};
    const opened = await attempt(() => provider.open(blob, { byte: at, ...(version && { version }) }, signal));
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
  if (first.md5 !== undefined && md5.digest('base64') !== first.md5) throw incomplete(first, 'its checksum is another');
}

/** What a proxy or a login page answers in place of a file is no file; nor is what begins elsewhere its continuation. */
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
