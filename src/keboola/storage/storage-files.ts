import { z } from 'zod';
import { KeboolaError, type KeboolaErrorKind } from '../http/keboola-error.js';
import { SettingsError } from '../../input/settings-error.js';
import type { TransferAnswer, TransferRequest, Transporter } from '../http/exchange.js';
import type { TokenOrigins } from '../connection/origins.js';
import { blobAddress, entranceOf, type Entrance } from './azure.js';
import type { StorageApi } from './storage-api.js';

const TRANSFER_TIMEOUT_MS = 60_000;
const ANSWER_BYTES_MAX = 64 * 1024;
const SLICES_MAX = 1_000;
const REFUSALS: readonly KeboolaErrorKind[] = ['unauthorized', 'not-found', 'refused', 'protocol'];

const fileId = z.union([z.string().min(1), z.number()]).transform(String);
const credentials = z.object({ SASConnectionString: z.string().min(1) });

const PreparedFile = z.object({
  id: fileId,
  provider: z.string().default('unknown'),
  absUploadParams: z
    .object({ blobName: z.string().min(1), container: z.string().min(1), absCredentials: credentials })
    .optional(),
});

const FileDocument = z.object({
  id: fileId,
  provider: z.string().default('unknown'),
  isSliced: z.boolean().default(false),
  sizeBytes: z.number().nullish(),
  absPath: z.object({ container: z.string().min(1), name: z.string().min(1) }).optional(),
  absCredentials: credentials.optional(),
});

const Manifest = z.object({ entries: z.array(z.object({ url: z.string().min(1) })).max(SLICES_MAX) });

/** A file of Storage that is larger than what is asked for. */
export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}

/** The content of a file, and whether it came in slices, which have no header. */
export interface Downloaded {
  content: Buffer;
  isSliced: boolean;
}

/**
 * Small files of Storage, whole. What lets anybody in to where they are stays in here; files that live at another
 * provider than Azure are refused.
 */
export class StorageFiles {
  constructor(
    private readonly storage: StorageApi,
    private readonly http: Transporter,
    private readonly origins: TokenOrigins,
  ) {}

  /**
   * Prepares a file and uploads its content. One that was prepared and not uploaded is of no harm: it goes after 15 days.
   *
   * @returns the id of the file.
   * @throws KeboolaError, SettingsError for a place that we do not send to.
   */
  async upload(name: string, content: Uint8Array, runId: string, signal?: AbortSignal): Promise<string> {
    const body = { name, sizeBytes: content.byteLength, federationToken: true };
    const call = { method: 'POST', path: 'files/prepare', body, runId } as const;
    const file = await this.storage.ask(PreparedFile, call);
    const params = file.absUploadParams;
    if (!params) throw otherProvider(file.provider);
    const entrance = this.entrance(params.absCredentials.SASConnectionString);
    await this.transfer({
      method: 'PUT',
      url: blobAddress(entrance, params.container, params.blobName),
      headers: { 'x-ms-blob-type': 'BlockBlob', 'content-type': 'text/csv' },
      ...{ content, timeoutMs: TRANSFER_TIMEOUT_MS, bytesMax: ANSWER_BYTES_MAX },
      ...(signal && { signal }),
    });
    return file.id;
  }

  /** @throws KeboolaError, SettingsError, FileTooLarge before more than `bytesMax` is read. */
  async download(id: string, bytesMax: number, signal?: AbortSignal): Promise<Downloaded> {
    const file = await this.storage.read(FileDocument, `files/${encodeURIComponent(id)}?federationToken=1`);
    const { absPath, absCredentials, isSliced } = file;
    if (!absPath || !absCredentials) throw otherProvider(file.provider);
    const entrance = this.entrance(absCredentials.SASConnectionString);
    const load = (blob: string, most: number): Promise<Buffer> =>
      this.blob(blobAddress(entrance, absPath.container, blob), most, signal);
    if (!isSliced) {
      const content = await load(absPath.name, bytesMax);
      if (typeof file.sizeBytes === 'number' && file.sizeBytes !== content.byteLength) throw incomplete(id);
      return { content, isSliced };
    }
    const manifest = await load(manifestName(absPath.name), ANSWER_BYTES_MAX);
    const slices: Buffer[] = [];
    let bytes = 0;
    for (const slice of slicesOf(manifest, id)) {
      const content = await load(slice, bytesMax - bytes);
      bytes += content.byteLength;
      slices.push(content);
    }
    return { content: Buffer.concat(slices), isSliced };
  }

  private entrance(connectionString: string): Entrance {
    const { endpoint, signature } = entranceOf(connectionString);
    return { endpoint: this.origins.acceptForFiles(endpoint).href, signature };
  }

  /** What a proxy or a login page answers in place of a file is no file. */
  private async blob(url: URL, bytesMax: number, signal: AbortSignal | undefined): Promise<Buffer> {
    const limits = { timeoutMs: TRANSFER_TIMEOUT_MS, bytesMax: Math.max(0, bytesMax) };
    const { contentType, content } = await this.transfer({ method: 'GET', url, ...limits, ...(signal && { signal }) });
    if (!/^text\/html|^application\/xhtml/i.test(contentType)) return content;
    const reason = `${contentType} instead of a file`;
    throw new KeboolaError({ kind: 'unavailable', method: 'GET', path: url.pathname, status: 200, reason });
  }

  /** A refusal there says nothing about our token, which is not used; the next address will be a fresh one. */
  private async transfer(request: TransferRequest): Promise<TransferAnswer> {
    try {
      return await this.http.transfer(request);
    } catch (error) {
      if (!(error instanceof KeboolaError)) throw error;
      const { facts } = error;
      if (facts.tooLarge) throw new FileTooLarge(`the file is larger than ${request.bytesMax} bytes`);
      const reason = `the place for files at ${request.url.origin} refused: ${facts.reason}`;
      throw REFUSALS.includes(facts.kind) ? new KeboolaError({ ...facts, kind: 'unavailable', reason }) : error;
    }
  }
}

function manifestName(name: string): string {
  return name.endsWith('manifest') ? name : `${name}manifest`;
}

/** The entries name the slices at Azure itself; only the last part of each is used. */
function slicesOf(manifest: Buffer, id: string): string[] {
  try {
    const { entries } = Manifest.parse(JSON.parse(manifest.toString('utf8')));
    return entries.map(({ url }) => decodeURIComponent(url.slice(url.lastIndexOf('/') + 1)));
  } catch {
    const reason = 'the manifest of its slices is not as documented';
    throw new KeboolaError({ kind: 'protocol', method: 'GET', path: `/v2/storage/files/${id}`, reason });
  }
}

function incomplete(id: string): KeboolaError {
  const reason = 'the content has another length than the document says';
  return new KeboolaError({ kind: 'interrupted', method: 'GET', path: `/v2/storage/files/${id}`, reason });
}

function otherProvider(provider: string): SettingsError {
  return new SettingsError(
    `The project keeps its files at "${provider}"; this version moves files only where they are kept at Azure.`,
  );
}
