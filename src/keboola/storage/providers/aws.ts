import { withoutSlashes } from '../../../job/text/without-slashes.js';
import { createHash } from 'node:crypto';
import { singleHeader, type Transporter, type TransferAnswer, type TransferRequest } from '../../http/exchange.js';
import { storeCodeOf } from '../../http/answer-error.js';
import { KeboolaError } from '../../http/keboola-error.js';
import { allParts } from './all-parts.js';
import { ANSWER_BYTES_MAX, PART_BYTES, PART_TIMEOUT_MS, SILENCE_MS_MAX } from './limits.js';
import { escapedKey, firstByte, firstObject, keyOfSlice, rangeOf, totalBytes } from './objects.js';
import type { From, OpenBlob, PartedUpload, Part, Provider } from './provider.js';
import type { Renewable } from './renewable.js';
import { signed, type AwsKeys, type Unsigned } from './aws-signature.js';
import { StoreClock } from './store-clock.js';

/** Where a file is at AWS, with credentials for some hours. */
export interface AwsPlace extends AwsKeys {
  bucket: string;
  key: string;
  region: string;
  /** From Keboola, to be sent unchanged. */
  acl?: string | undefined;
  encryption?: string | undefined;
}

type Method = TransferRequest['method'];
const MIBIBYTE = 1_048_576;
/** The body of requests that have none. */
const NO_CONTENT = Buffer.alloc(0);

/** S3 objects, by S3's REST API. */
export class AwsObjects implements Provider {
  readonly partsAtOnceMax = 3;
  readonly partsMax = 10_000;
  readonly partBytes = PART_BYTES;
  /** S3 refuses smaller parts, except for the last one; tests may set another minimum. */
  readonly partBytesStep: number;
  private readonly clock = new StoreClock();

  /** @param endpoint an S3 server that replaces AWS; buckets are folders there. */
  constructor(
    private readonly http: Transporter,
    private readonly place: Renewable<AwsPlace>,
    private readonly endpoint: URL | undefined,
    partBytesMin = 5 * MIBIBYTE,
  ) {
    this.partBytesStep = partBytesMin;
  }

  async putWhole(content: Buffer, signal: AbortSignal): Promise<void> {
    await this.send('PUT', {}, { ...this.asHandedOut(), 'content-type': 'text/csv' }, content, signal);
  }

  async begin(signal: AbortSignal): Promise<PartedUpload> {
    const headers = { ...this.asHandedOut(), 'content-type': 'text/csv' };
    const { content } = await this.send('POST', { uploads: '' }, headers, NO_CONTENT, signal);
    const [, uploadId] = /<UploadId>([^<]+)<\/UploadId>/.exec(content.toString('utf8')) ?? [];
    if (uploadId === undefined) throw this.broken('protocol', 'POST', 'an upload without an id');
    return this.upload(uploadId);
  }

  async open(blob: string, from: From, signal: AbortSignal): Promise<OpenBlob> {
    const headers = { ...rangeOf(from), ...(from.version && { 'if-match': from.version }) };
    const url = this.url(blob, {});
    const answer = await this.clock.inTime(async () =>
      this.http.open({
        url,
        timeoutMs: SILENCE_MS_MAX,
        signal,
        headers: await this.signed({ method: 'GET', url, headers, sha256: sha256Of(NO_CONTENT) }),
      }),
    );
    const { headers: given, contentType, body } = answer;
    return {
      firstByte: firstByte(answer),
      bytes: totalBytes(given),
      version: singleHeader(given['etag']),
      md5: undefined,
      contentType,
      path: url.pathname,
      body,
    };
  }

  blobOf(isSliced: boolean): string {
    return firstObject(this.place.current.key, isSliced);
  }

  sliceOf(entry: string): string {
    return keyOfSlice(entry, 's3:', this.place.current);
  }

  private upload(uploadId: string): PartedUpload {
    const etags = new Map<number, string>();
    let wasAsked = false;
    return {
      put: async ({ number, content }: Part, signal) => {
        const { headers } = await this.send('PUT', { partNumber: String(number), uploadId }, {}, content, signal);
        const etag = singleHeader(headers['etag']);
        if (etag === undefined) throw this.broken('protocol', 'PUT', 'a part without an ETag');
        etags.set(number, etag);
      },
      complete: async (count, signal) => {
        const parts = allParts(etags, count, this.place.current.key);
        const isRepeated = wasAsked;
        wasAsked = true;
        try {
          await this.complete(uploadId, parts, signal);
        } catch (error) {
          // An earlier attempt, whose answer got lost, has completed the upload.
          const isOver = error instanceof KeboolaError && error.kind === 'not-found' && isRepeated;
          if (!isOver || !(await this.isThere(signal))) throw error;
        }
      },
      abort: async (signal) => {
        await this.send('DELETE', { uploadId }, {}, NO_CONTENT, signal);
      },
    };
  }

  /** S3 may answer 200 and then report a failure in the body. */
  private async complete(uploadId: string, parts: readonly [number, string][], signal: AbortSignal): Promise<void> {
    const list = parts.map(([number, etag]) => `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`);
    const body = Buffer.from(`<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`);
    const { content } = await this.send('POST', { uploadId }, { 'content-type': 'application/xml' }, body, signal);
    const text = content.toString('utf8');
    if (/<CompleteMultipartUploadResult[\s/>]/.test(text)) return;
    throw this.broken('unavailable', 'POST', storeCodeOf(text) ?? 'it does not say that the upload is complete');
  }

  private async isThere(signal: AbortSignal): Promise<boolean> {
    const { status } = await this.send('HEAD', {}, {}, NO_CONTENT, signal, [404]);
    return status !== 404;
  }

  private asHandedOut(): Record<string, string> {
    const { acl, encryption } = this.place.current;
    return { ...(acl && { 'x-amz-acl': acl }), ...(encryption && { 'x-amz-server-side-encryption': encryption }) };
  }

  private async send(
    method: Method,
    query: Record<string, string>,
    headers: Record<string, string>,
    content: Buffer,
    signal: AbortSignal,
    alsoTaken: readonly number[] = [],
  ): Promise<TransferAnswer> {
    const url = this.url(this.place.current.key, query);
    const sha256 = sha256Of(content);
    return await this.clock.inTime(async () =>
      this.http.transfer({
        method,
        url,
        headers: await this.signed({ method, url, headers, sha256 }),
        ...(content.byteLength > 0 || method === 'PUT' ? { content } : {}),
        timeoutMs: PART_TIMEOUT_MS,
        bytesMax: ANSWER_BYTES_MAX,
        signal,
        alsoTaken,
      }),
    );
  }

  private async signed(request: Omit<Unsigned, 'at'>): Promise<Record<string, string>> {
    return await signed(this.place.current, { ...request, at: this.clock.now() });
  }

  /** As a subdomain, a bucket with dots in its name would not match the certificate, so it goes into the path. */
  private url(key: string, query: Record<string, string>): URL {
    const { bucket, region } = this.place.current;
    const isFolder = this.endpoint !== undefined || bucket.includes('.');
    const host = region.startsWith('cn-') ? `s3.${region}.amazonaws.com.cn` : `s3.${region}.amazonaws.com`;
    const url = new URL(this.endpoint ?? `https://${isFolder ? '' : `${bucket}.`}${host}`);
    url.pathname = `${withoutSlashes(url.pathname)}/${isFolder ? `${bucket}/` : ''}${escapedKey(key)}`;
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  }

  private broken(kind: 'protocol' | 'unavailable', method: Method, reason: string): KeboolaError {
    return new KeboolaError({ kind, method, path: this.url(this.place.current.key, {}).pathname, reason });
  }
}

function sha256Of(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
