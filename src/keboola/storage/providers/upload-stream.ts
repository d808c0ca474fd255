import type { Part, PartedUpload, Provider } from './provider.js';

/** How to upload content. */
export interface UploadOptions {
  /** Size of the first parts; memory holds as many parts as are in flight at once, and one more. */
  partBytes: number;
  signal: AbortSignal;
  /** Retries a step of the upload. */
  attempt: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
  /** Is told the size of every part that has arrived. */
  onBytes?: ((bytes: number) => void) | undefined;
}

/** The content does not fit into as many parts as the provider allows. */
export class TooManyParts extends Error {
  override readonly name = 'TooManyParts';
}

const ABORT_MS_MAX = 30_000;
const NOTHING = Buffer.alloc(0);
/**
 * After each tenth of the parts that a provider allows, the next ones are half as large again. So most files have small
 * parts, which are cheap to retry, and a file at AWS whose parts begin at 10 MiB may have 917 GiB instead of 97.
 */
const GROWTHS = 10;
const GROWTH = 1.5;

/**
 * Uploads content while it is read: in one piece if it is short, else in parts that are retried one by one.
 *
 * @returns the content's length in bytes.
 * @throws KeboolaError, TooManyParts, what reading the content throws; then nothing of it is stored.
 */
export async function uploadStream(
  provider: Provider,
  content: AsyncIterable<Buffer>,
  options: UploadOptions,
): Promise<number> {
  const { signal, attempt, onBytes } = options;
  const { partsMax, partBytesStep } = provider;
  const bytesOf = (number: number): number => {
    const growths = Math.floor((number - 1) / Math.ceil(partsMax / GROWTHS));
    return roundedUp(options.partBytes * GROWTH ** growths, partBytesStep);
  };
  const parts = partsOf(content, bytesOf);
  try {
    const { value: first } = await parts.next();
    if (first && !fitsWhole(first, provider)) return await uploadParts(provider, { first, parts, options });
    const whole = first?.content ?? NOTHING;
    await attempt(() => provider.putWhole(whole, signal), signal);
    onBytes?.(whole.byteLength);
    return whole.byteLength;
  } finally {
    await parts.return();
  }
}

function fitsWhole({ isLast, content }: Part, { wholeBytesMax = Infinity }: Provider): boolean {
  return isLast && content.byteLength <= wholeBytesMax;
}

interface Rest {
  first: Part;
  parts: AsyncGenerator<Part, void>;
  options: UploadOptions;
}

interface Sent {
  bytes: number;
  parts: number;
}

async function uploadParts(provider: Provider, rest: Rest): Promise<number> {
  const { signal, attempt } = rest.options;
  const upload = await attempt(() => provider.begin(signal), signal);
  try {
    const { bytes, parts } = await putAll(provider, upload, rest);
    await attempt(() => upload.complete(parts, signal), signal);
    return bytes;
  } catch (error) {
    await upload.abort(AbortSignal.timeout(ABORT_MS_MAX)).catch(() => undefined);
    throw error;
  }
}

/** A part may fail while the next one is being read: the failure is kept until then, but ends the others at once. */
async function putAll(provider: Provider, upload: PartedUpload, { first, parts, options }: Rest): Promise<Sent> {
  const { attempt, onBytes } = options;
  const siblings = new AbortController();
  const signal = AbortSignal.any([options.signal, siblings.signal]);
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const fail = (error: unknown): void => {
    failures.push(error);
    siblings.abort();
  };
  const requireNoFailure = (): void => {
    if (failures.length > 0) throw failures[0];
  };
  const sent: Sent = { bytes: 0, parts: 0 };
  const send = (part: Part): void => {
    if (part.number > provider.partsMax) throw new TooManyParts(`a file has ${provider.partsMax} parts at most`);
    const { byteLength } = part.content;
    const work = attempt(() => upload.put(part, signal), signal)
      .then(() => onBytes?.(byteLength))
      .catch(fail)
      .finally(() => {
        underWay.delete(work);
        // The function that awaits the upload still holds the first part, so its memory must be freed here.
        part.content = NOTHING;
      });
    underWay.add(work);
    sent.bytes += byteLength;
    sent.parts = part.number;
  };
  try {
    send(first);
    for (;;) {
      // Read, counted and hashed while the parts before it are in flight.
      const { value: part } = await parts.next();
      if (!part) break;
      if (underWay.size >= provider.partsAtOnceMax) await Promise.race(underWay);
      requireNoFailure();
      send(part);
    }
    await Promise.all(underWay);
    requireNoFailure();
    return sent;
  } finally {
    siblings.abort();
    await Promise.all(underWay);
  }
}

/** Cuts content into parts of the given lengths; the last may be shorter. Empty content is one empty part. */
async function* partsOf(
  content: AsyncIterable<Buffer>,
  bytesOf: (number: number) => number,
): AsyncGenerator<Part, void> {
  let [number, offset] = [1, 0];
  let held = Buffer.allocUnsafe(bytesOf(number));
  let filled = 0;
  for await (const piece of content) {
    for (let at = 0; at < piece.byteLength;) {
      if (filled === held.byteLength) {
        yield { number, offset, content: held, isLast: false };
        offset += filled;
        number += 1;
        held = Buffer.allocUnsafe(bytesOf(number));
        filled = 0;
      }
      const copied = piece.copy(held, filled, at, Math.min(piece.byteLength, at + held.byteLength - filled));
      filled += copied;
      at += copied;
    }
  }
  yield { number, offset, content: held.subarray(0, filled), isLast: true };
}

function roundedUp(bytes: number, step: number): number {
  return Math.max(1, Math.ceil(bytes / step)) * step;
}
