import { KeboolaError } from '../http/keboola-error.js';
import { attempt, PATIENCE, type Patience } from './providers/attempts.js';
import { downloadBlob } from './providers/download-blob.js';
import { FileDocument, PreparedFile } from './providers/file-documents.js';
import { openProvider, type OpenedProvider, type Reach, type ReadPlace } from './providers/open-provider.js';
import { downloadPlace, uploadPlace } from './providers/place.js';
import { uploadStream } from './providers/upload-stream.js';
import { filesOfRun } from './files-of-run.js';
import { manifestEntries, MANIFEST_BYTES_MAX } from './manifest.js';
import { joined } from './joined.js';
import type { StorageApi } from './storage-api.js';
import { inOurWords } from './in-our-words.js';

const REMOVE_MS_MAX = 30_000;
const NO_CONTENT = 204;
/** Small files are moved without retries: the caller retries. */
const ONCE: Patience = { attemptsMax: 1, pauseMs: 0 };
const FOR_EVER = new AbortController().signal;

/** The file in Storage is larger than the caller's limit. */
export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}

/** The content of a file. If it was sliced, it has no header. */
export interface Downloaded {
  content: Buffer;
  isSliced: boolean;
}

/** A file whose content is read as a stream, unzipped. */
export interface OpenFile {
  content: AsyncGenerator<Buffer, void>;
  isSliced: boolean;
  /** Size of the stored file in bytes, if Storage tells it. */
  sizeBytes: number | undefined;
}

export interface Uploaded {
  id: string;
  /** Size of the stored file. */
  bytes: number;
}

interface UploadOrder {
  name: string;
  content: AsyncIterable<Buffer>;
  /** The RunId that Storage keeps with the file. */
  runId: string;
  /** The size, if it is known in advance. */
  sizeBytes?: number;
  signal?: AbortSignal;
  /** Is told how many bytes have arrived. */
  onBytes?: (bytes: number) => void;
}

interface DownloadOrder {
  signal?: AbortSignal;
  /** Is told how many bytes have arrived, as they are stored. */
  onBytes?: (bytes: number) => void;
}

/** How to move the files of a connection. The defaults are right outside of tests. */
export interface FilesOptions extends Reach {
  partBytes?: number;
  patience?: Patience;
}

/** Files of Storage, whatever the project's provider. Credentials for them never leave this class. */
export class StorageFiles {
  private readonly patience: Patience;

  constructor(
    private readonly storage: StorageApi,
    private readonly options: FilesOptions,
  ) {
    this.patience = options.patience ?? PATIENCE;
  }

  /**
   * Prepares a small file and uploads its content. A failed or cancelled upload leaves no file behind.
   *
   * @returns the id of the file.
   * @throws KeboolaError, StoreRefused, SettingsError for an address to which we do not send.
   */
  async upload(name: string, content: Uint8Array, runId: string, signal: AbortSignal = FOR_EVER): Promise<string> {
    const { id, opened } = await this.prepare(name, content.byteLength, runId);
    return await this.orRemoved(id, async () => {
      await this.attempt(opened, ONCE, signal, () => opened.provider.putWhole(Buffer.from(content), signal));
      return id;
    });
  }

  /**
   * Uploads content of any length while it is read. A failed or cancelled upload leaves no file behind.
   *
   * @throws what `upload` throws; TooManyParts; what reading the content throws.
   */
  async uploadStream(order: UploadOrder): Promise<Uploaded> {
    const { name, content, runId, sizeBytes, signal = FOR_EVER, onBytes } = order;
    const { id, opened } = await this.prepare(name, sizeBytes, runId);
    return await this.orRemoved(id, async () => {
      const bytes = await uploadStream(opened.provider, content, {
        partBytes: this.options.partBytes ?? opened.provider.partBytes,
        signal,
        onBytes,
        attempt: (work, stop) => this.attempt(opened, this.patience, stop, work),
      });
      return { id, bytes };
    });
  }

  /** @throws KeboolaError, StoreRefused, SettingsError; FileTooLarge before more than `bytesMax` is held in memory. */
  async download(id: string, bytesMax: number, signal: AbortSignal = FOR_EVER): Promise<Downloaded> {
    const { content, isSliced } = await this.open(id, ONCE, { signal });
    return { content: await collected(content, bytesMax), isSliced };
  }

  /**
   * Opens a file of any length, with its slices joined, each unzipped if it is gzipped.
   *
   * @throws KeboolaError, StoreRefused, SettingsError; the content throws KeboolaError, StoreRefused, BrokenGzip.
   */
  async downloadStream(id: string, order: DownloadOrder = {}): Promise<OpenFile> {
    return await this.open(id, this.patience, order);
  }

  /** Deletes a file; it is fine if the file is already gone. @throws KeboolaError. */
  async remove(id: string): Promise<void> {
    try {
      await this.storage.deleteAtOnce(`files/${encodeURIComponent(id)}`, AbortSignal.timeout(REMOVE_MS_MAX));
    } catch (error) {
      const isGone = error instanceof KeboolaError && (error.facts.status === NO_CONTENT || error.kind === 'not-found');
      if (!isGone) throw error;
    }
  }

  /** Deletes all files that were prepared with a RunId. @throws KeboolaError. */
  async removeOfRun(runId: string): Promise<void> {
    for (const id of await filesOfRun(this.storage, runId)) await this.remove(id);
  }

  private async prepare(
    name: string,
    sizeBytes: number | undefined,
    runId: string,
  ): Promise<{ id: string; opened: OpenedProvider }> {
    const body = { name, ...(sizeBytes !== undefined && { sizeBytes }), federationToken: true };
    const file = await this.storage.ask(PreparedFile, { method: 'POST', path: 'files/prepare', body, runId });
    const renewed = { method: 'PUT', path: `files/${encodeURIComponent(file.id)}/refresh`, runId } as const;
    const read: ReadPlace = async (signal) => uploadPlace(await this.storage.ask(PreparedFile, renewed, signal));
    return { id: file.id, opened: openProvider(uploadPlace(file), read, this.options) };
  }

  private async open(id: string, patience: Patience, order: DownloadOrder): Promise<OpenFile> {
    const { signal = FOR_EVER, onBytes } = order;
    const path = `files/${encodeURIComponent(id)}?federationToken=1`;
    const file = await this.storage.read(FileDocument, path);
    const read: ReadPlace = async (stop) => downloadPlace(await this.storage.read(FileDocument, path, stop));
    const opened = openProvider(downloadPlace(file), read, this.options);
    const { provider } = opened;
    const blob = (name: string): AsyncGenerator<Buffer, void> =>
      downloadBlob(provider, name, {
        signal,
        breaksMax: patience.attemptsMax - 1,
        attempt: (work) => this.attempt(opened, patience, signal, work),
      });
    const { isSliced } = file;
    const sizeBytes = file.sizeBytes ?? undefined;
    if (!isSliced) {
      const whole = joined([provider.blobOf(false)], blob, { onBytes, bytes: sizeBytes, id });
      return { isSliced, sizeBytes, content: this.wordsOf(whole) };
    }
    const manifest = await this.inOurWords(() => collected(blob(provider.blobOf(true)), MANIFEST_BYTES_MAX));
    const slices = manifestEntries(manifest, provider, id);
    return { isSliced, sizeBytes, content: this.wordsOf(joined(slices, blob, { onBytes, id })) };
  }

  private async attempt<T>(
    { renew }: OpenedProvider,
    patience: Patience,
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T> {
    return await attempt(work, { patience, signal, renew });
  }

  /** Runs an upload, and removes the file if it fails. */
  private async orRemoved<T>(id: string, upload: () => Promise<T>): Promise<T> {
    try {
      return await this.inOurWords(upload);
    } catch (error) {
      await this.remove(id).catch(() => undefined);
      throw error;
    }
  }

  private async inOurWords<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw inOurWords(error);
    }
  }

  private async *wordsOf(content: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
    try {
      yield* content;
    } catch (error) {
      throw inOurWords(error);
    }
  }
}

async function collected(content: AsyncIterable<Buffer>, bytesMax: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of content) {
    bytes += piece.byteLength;
    if (bytes > bytesMax) throw new FileTooLarge(`the file is larger than ${bytesMax} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
