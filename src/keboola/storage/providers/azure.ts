import { createHash } from 'node:crypto';
import type { TokenOrigins } from '../../connection/origins.js';
import type { TransferAnswer, TransferRequest, Transporter } from '../../http/exchange.js';
import { allParts } from './all-parts.js';
import { blobAddress, entranceOf, isHostOf } from './azure-address.js';
import { ANSWER_BYTES_MAX, PART_BYTES, PART_TIMEOUT_MS, SILENCE_MS_MAX } from './limits.js';
import { entryPath, firstByte, firstObject, rangeOf, totalBytes } from './objects.js';
import { ForeignSlice, type From, type OpenBlob, type PartedUpload, type Part, type Provider } from './provider.js';
import type { Renewable } from './renewable.js';
import { singleHeader } from '../../http/exchange.js';

/** Where a file is at Azure, with credentials. */
export interface AzurePlace {
  container: string;
  blob: string;
  connectionString: string;
}

/** The first version that allows large blocks; it accepts signatures of any version. */
const VERSION = '2019-12-12';

/** Azure blobs, by Azure's REST API (Put Blob, Put Block, Put Block List, Get Blob). */
export class AzureBlobs implements Provider {
  readonly partsAtOnceMax = 3;
  readonly partsMax = 50_000;
  readonly partBytes = PART_BYTES;
  readonly partBytesStep = 1;

  constructor(
    private readonly http: Transporter,
    private readonly place: Renewable<AzurePlace>,
    private readonly origins: TokenOrigins,
  ) {}

  async putWhole(content: Buffer, signal: AbortSignal): Promise<void> {
    const headers = { 'x-ms-blob-type': 'BlockBlob', 'content-type': 'text/csv', 'content-md5': md5Of(content) };
    await this.put({}, headers, content, signal);
  }

  /** Blocks need no begin request. Blocks that are never listed vanish by themselves after a week. */
  begin(): Promise<PartedUpload> {
    const ids = new Map<number, string>();
    return Promise.resolve({
      put: async ({ number, content }: Part, signal: AbortSignal) => {
        const blockid = blockId(number);
        await this.put({ comp: 'block', blockid }, { 'content-md5': md5Of(content) }, content, signal);
        ids.set(number, blockid);
      },
      complete: async (count: number, signal: AbortSignal) => {
        const list = allParts(ids, count, this.place.current.blob).map(([, id]) => `<Latest>${id}</Latest>`);
        const body = `<?xml version="1.0" encoding="utf-8"?><BlockList>${list.join('')}</BlockList>`;
        await this.put({ comp: 'blocklist' }, { 'x-ms-blob-content-type': 'text/csv' }, Buffer.from(body), signal);
      },
      abort: () => Promise.resolve(),
    });
  }

  async open(blob: string, from: From, signal: AbortSignal): Promise<OpenBlob> {
    const url = this.url(blob, {});
    const headers = { 'x-ms-version': VERSION, ...rangeOf(from), ...(from.version && { 'if-match': from.version }) };
    const answer = await this.http.open({ url, headers, timeoutMs: SILENCE_MS_MAX, signal });
    const { headers: given, contentType, body } = answer;
    return {
      firstByte: firstByte(answer),
      bytes: totalBytes(given),
      version: singleHeader(given['etag']),
      contentType,
      path: url.pathname,
      body,
      md5: from.byte === 0 ? singleHeader(given['content-md5']) : undefined,
    };
  }

  blobOf(isSliced: boolean): string {
    return firstObject(this.place.current.blob, isSliced);
  }

  /** `azure://{account}.blob.core.windows.net/{container}/{blob}` */
  sliceOf(entry: string): string {
    const { connectionString, container } = this.place.current;
    const [, host = ''] = /^[a-z]+:\/\/([^/]*)/i.exec(entry) ?? [];
    if (!isHostOf(entranceOf(connectionString), host)) throw new ForeignSlice();
    return entryPath(entry, ['azure:', 'https:'], `${container}/`);
  }

  private async put(
    query: Record<string, string>,
    headers: Record<string, string>,
    content: Buffer,
    signal: AbortSignal,
  ): Promise<TransferAnswer> {
    const request: TransferRequest = {
      method: 'PUT',
      url: this.url(this.place.current.blob, query),
      content,
      signal,
      headers: { 'x-ms-version': VERSION, ...headers },
      timeoutMs: PART_TIMEOUT_MS,
      bytesMax: ANSWER_BYTES_MAX,
    };
    return await this.http.transfer(request);
  }

  private url(blob: string, query: Record<string, string>): URL {
    const { connectionString, container } = this.place.current;
    const { endpoint, signature } = entranceOf(connectionString);
    const accepted = this.origins.acceptForFiles(endpoint).href;
    const url = blobAddress({ endpoint: accepted, signature }, container, blob);
    // Appended as text: parsing the signature would encode it anew, perhaps differently.
    const more = Object.entries(query).map(([name, value]) => `&${name}=${encodeURIComponent(value)}`);
    url.search += more.join('');
    return url;
  }
}

/** All block ids of a blob must have the same length. */
function blockId(number: number): string {
  return Buffer.from(String(number).padStart(10, '0')).toString('base64');
}

function md5Of(content: Buffer): string {
  return createHash('md5').update(content).digest('base64');
}
