import { withoutSlashes } from '../../../job/text/without-slashes.js';
import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { singleHeader, type TransferAnswer, type TransferRequest, type Transporter } from '../../http/exchange.js';
import { KeboolaError } from '../../http/keboola-error.js';
import { ANSWER_BYTES_MAX, LONE_PART_BYTES, PART_TIMEOUT_MS, SILENCE_MS_MAX } from './limits.js';
import { escaped, firstByte, firstObject, keyOfSlice, rangeOf, totalBytes } from './objects.js';
import type { From, OpenBlob, Part, PartedUpload, Provider } from './provider.js';
import type { Renewable } from './renewable.js';

/** Where a file is at Google, with credentials for an hour. */
export interface GcpPlace {
  bucket: string;
  key: string;
  accessToken: string;
}

const GOOGLE = 'https://storage.googleapis.com';
const RESUME_INCOMPLETE = 308;
/** Google accepts chunks of a resumable upload in multiples of this. */
const STEP_BYTES = 262_144;
/** Larger files may exceed the timeout of one request, and only a resumable upload can go on where it broke. */
const WHOLE_BYTES_MAX = 8 * 1_048_576;
/** A millisecond or two of hashing; between such steps, sockets get their turn. */
const HASH_BYTES = 1_048_576;

/** Objects of Google Cloud Storage, by its JSON API. */
export class GcpObjects implements Provider {
  /** A resumable upload is one stream, so every part has to wait for the one before. */
  readonly partsAtOnceMax = 1;
  readonly partsMax = 1_000_000;
  readonly partBytes = LONE_PART_BYTES;
  readonly partBytesStep = STEP_BYTES;
  readonly wholeBytesMax = WHOLE_BYTES_MAX;

  /** @param endpoint a server that replaces Google's. */
  constructor(
    private readonly http: Transporter,
    private readonly place: Renewable<GcpPlace>,
    private readonly endpoint: URL = new URL(GOOGLE),
  ) {}

  async putWhole(content: Buffer, signal: AbortSignal): Promise<void> {
    const url = this.uploadUrl('media');
    const answer = await this.send('POST', url, { 'content-type': 'text/csv' }, content, signal);
    this.requireSame(answer, content.byteLength, createHash('md5').update(content).digest('base64'));
  }

  async begin(signal: AbortSignal): Promise<PartedUpload> {
    const headers = { 'x-upload-content-type': 'text/csv' };
    const { headers: given } = await this.send('POST', this.uploadUrl('resumable'), headers, Buffer.alloc(0), signal);
    return new ResumableUpload(this.sessionOf(singleHeader(given['location'])), {
      put: (session, range, content, stop) =>
        this.send('PUT', session, { 'content-range': range }, content, stop, [RESUME_INCOMPLETE]),
      abort: async (session, stop) => {
        // Google answers 499 when an incomplete upload is deleted.
        await this.send('DELETE', session, {}, Buffer.alloc(0), stop, [499]);
      },
      check: (answer, bytes, md5) => this.requireSame(answer, bytes, md5),
    });
  }

  async open(blob: string, from: From, signal: AbortSignal): Promise<OpenBlob> {
    const url = this.url(`storage/v1/b/${escaped(this.place.current.bucket)}/o/${escaped(blob)}`, { alt: 'media' });
    if (from.version) url.searchParams.set('generation', from.version);
    const headers = { ...this.bearer(), ...rangeOf(from) };
    const answer = await this.http.open({ url, headers, timeoutMs: SILENCE_MS_MAX, signal });
    const { headers: given, contentType, body } = answer;
    const hashes = [given['x-goog-hash']].flat().join(',');
    return {
      firstByte: firstByte(answer),
      bytes: totalBytes(given),
      version: singleHeader(given['x-goog-generation']),
      contentType,
      path: url.pathname,
      body,
      md5: from.byte === 0 ? /\bmd5=([A-Za-z0-9+/=]+)/.exec(hashes)?.[1] : undefined,
    };
  }

  blobOf(isSliced: boolean): string {
    return firstObject(this.place.current.key, isSliced);
  }

  sliceOf(entry: string): string {
    return keyOfSlice(entry, 'gs:', this.place.current);
  }

  private async send(
    method: TransferRequest['method'],
    url: URL,
    headers: Record<string, string>,
    content: Buffer,
    signal: AbortSignal,
    alsoTaken: readonly number[] = [],
  ): Promise<TransferAnswer> {
    return await this.http.transfer({
      method,
      url,
      headers: { ...this.bearer(), ...headers },
      signal,
      alsoTaken,
      ...(method === 'DELETE' ? {} : { content }),
      timeoutMs: PART_TIMEOUT_MS,
      bytesMax: ANSWER_BYTES_MAX,
    });
  }

  /** Checks the final answer to an upload, which says what has arrived. */
  private requireSame({ content }: TransferAnswer, bytes: number, md5: string): void {
    const { size, md5Hash } = objectOf(content);
    const isSame = (size === undefined || Number(size) === bytes) && (md5Hash === undefined || md5Hash === md5);
    if (isSame) return;
    const reason = 'size or checksum differs from what was sent';
    throw new KeboolaError({ kind: 'protocol', method: 'PUT', path: this.place.current.key, reason });
  }

  /** The token is sent nowhere else, whatever address an answer names. */
  private sessionOf(location: string | undefined): URL {
    const url = URL.parse(location ?? '', this.endpoint.href);
    if (url !== null && url.origin === this.endpoint.origin) return url;
    const reason = 'the upload was redirected to another host';
    throw new KeboolaError({ kind: 'protocol', method: 'POST', path: this.place.current.key, reason });
  }

  private bearer(): Record<string, string> {
    return { authorization: `Bearer ${this.place.current.accessToken}` };
  }

  private uploadUrl(uploadType: 'media' | 'resumable'): URL {
    const { bucket, key } = this.place.current;
    return this.url(`upload/storage/v1/b/${escaped(bucket)}/o`, { uploadType, name: key });
  }

  private url(path: string, query: Record<string, string>): URL {
    const url = new URL(this.endpoint);
    url.pathname = `${withoutSlashes(url.pathname)}/${path}`;
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  }
}

interface Session {
  put(session: URL, range: string, content: Buffer, signal: AbortSignal): Promise<TransferAnswer>;
  abort(session: URL, signal: AbortSignal): Promise<void>;
  check(answer: TransferAnswer, bytes: number, md5: string): void;
}

/** An upload that resumes where it broke: after a failure it first asks how much has arrived. */
class ResumableUpload implements PartedUpload {
  readonly #md5 = createHash('md5');
  #hashedParts = 0;
  /** Never rejects; a retried part waits for the same hash. */
  #hashing = Promise.resolve();
  #isInDoubt = false;
  #last: TransferAnswer | undefined;
  #bytes = 0;

  constructor(
    private readonly session: URL,
    private readonly calls: Session,
  ) {}

  /** Hashes the part while it is sent: no other part is in flight, so hashing before or after would only add time. */
  async put(part: Part, signal: AbortSignal): Promise<void> {
    if (this.#hashedParts < part.number) {
      this.#hashedParts = part.number;
      this.#hashing = this.hash(part.content);
    }
    await this.send(part, signal);
    await this.#hashing;
  }

  private async hash(content: Buffer): Promise<void> {
    for (let at = 0; at < content.byteLength; at += HASH_BYTES) {
      await turn();
      this.#md5.update(content.subarray(at, at + HASH_BYTES));
    }
  }

  private async send({ offset, content, isLast }: Part, signal: AbortSignal): Promise<void> {
    const end = offset + content.byteLength;
    this.#bytes = end;
    let from = offset;
    if (this.#isInDoubt) {
      const answer = await this.calls.put(this.session, `bytes */${isLast ? end : '*'}`, Buffer.alloc(0), signal);
      if (answer.status !== RESUME_INCOMPLETE) {
        this.#last = answer;
        return;
      }
      from = arrivedOf(answer);
      if (from < offset || from > end) throw lostBytes(this.session);
    }
    if (from < end || isLast) {
      this.#isInDoubt = true;
      const range = from < end ? `bytes ${from}-${end - 1}/${isLast ? end : '*'}` : `bytes */${end}`;
      const answer = await this.calls.put(this.session, range, content.subarray(from - offset), signal);
      if (isLast === (answer.status === RESUME_INCOMPLETE)) throw lostBytes(this.session);
      // Google may have kept less than was sent.
      if (!isLast && arrivedOf(answer) !== end) throw lostBytes(this.session);
      if (isLast) this.#last = answer;
    }
    this.#isInDoubt = false;
  }

  complete(): Promise<void> {
    if (this.#last === undefined) throw lostBytes(this.session);
    this.calls.check(this.#last, this.#bytes, this.#md5.copy().digest('base64'));
    return Promise.resolve();
  }

  async abort(signal: AbortSignal): Promise<void> {
    await this.calls.abort(this.session, signal);
  }
}

/** `Range: bytes=0-99` means that a hundred bytes have arrived; no header means none. */
function arrivedOf({ headers }: TransferAnswer): number {
  const [, last] = /^bytes=0-(\d+)$/.exec(singleHeader(headers['range']) ?? '') ?? [];
  return last === undefined ? 0 : Number(last) + 1;
}

function lostBytes({ pathname }: URL): KeboolaError {
  const reason = 'the store lost bytes that were sent';
  return new KeboolaError({ kind: 'interrupted', method: 'PUT', path: pathname, reason });
}

function objectOf(content: Buffer): { size?: unknown; md5Hash?: unknown } {
  try {
    return JSON.parse(content.toString('utf8')) as { size?: unknown; md5Hash?: unknown };
  } catch {
    return {};
  }
}
