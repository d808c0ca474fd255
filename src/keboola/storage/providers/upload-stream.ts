import type { Part, PartedUpload, Provider } from './provider.js';

/** How a content is uploaded. */
export interface UploadOptions {
  /** Of a part; memory holds as many of them as are on their way at once, and one more. */
  partBytes: number;
  signal: AbortSignal;
  /** Repeats a step of it. */
  attempt: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
  /** Hears of every part that has arrived. */
  onBytes?: ((bytes: number) => void) | undefined;
}

/** A content that does not fit into as many parts as the provider takes. */
export class TooManyParts extends Error {
  override readonly name = 'TooManyParts';
}

const ABORT_MS_MAX = 30_000;

/**
 * Uploads a content while it is read: at once where it is short, else in parts of which each is repeated by itself.
 *
 * @returns its length.
 * @throws KeboolaError, TooManyParts, what reading it throws; then nothing of it is there.
 */
export async function uploadStream(
  provider: Provider,
  content: AsyncIterable<Buffer>,
  options: UploadOptions,
): Promise<number> {
  const { signal, attempt, onBytes } = options;
  const parts = partsOf(content, roundedUp(options.partBytes, provider.partBytesStep));
  try {
    const { value: first } = await parts.next();
    if (first && !first.isLast) return await uploadParts(provider, { first, parts, options });
    const whole = first?.content ?? Buffer.alloc(0);
    await attempt(() => provider.putWhole(whole, signal), signal);
    onBytes?.(whole.byteLength);
    return whole.byteLength;
  } finally {
    await parts.return();
  }
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

/** A part may fail while the next one is still read: its failure is kept until somebody asks, and ends the others at once. */
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
    const work = attempt(() => upload.put(part, signal), signal)
      .then(() => onBytes?.(part.content.byteLength))
      .catch(fail)
      .finally(() => underWay.delete(work));
    underWay.add(work);
    sent.bytes += part.content.byteLength;
    sent.parts = part.number;
  };
  try {
    send(first);
    for (;;) {
      if (underWay.size >= provider.partsAtOnceMax) await Promise.race(underWay);
      requireNoFailure();
      const { value: part } = await parts.next();
      requireNoFailure();
      if (!part) break;
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

/** Cuts a content into parts of one length; the last is shorter. A content of nothing is one part of nothing. */
async function* partsOf(content: AsyncIterable<Buffer>, partBytes: number): AsyncGenerator<Part, void> {
  let number = 0;
  const part = (bytes: Buffer, isLast: boolean): Part => {
    number += 1;
    return { number, offset: (number - 1) * partBytes, content: bytes, isLast };
  };
  let held = Buffer.allocUnsafe(partBytes);
  let filled = 0;
  for await (const piece of content) {
    for (let at = 0; at < piece.byteLength;) {
      if (filled === partBytes) {
        yield part(held, false);
        held = Buffer.allocUnsafe(partBytes);
        filled = 0;
      }
      const copied = piece.copy(held, filled, at, Math.min(piece.byteLength, at + partBytes - filled));
      filled += copied;
      at += copied;
    }
  }
  yield part(held.subarray(0, filled), true);
}

function roundedUp(bytes: number, step: number): number {
  return Math.max(1, Math.ceil(bytes / step)) * step;
}
