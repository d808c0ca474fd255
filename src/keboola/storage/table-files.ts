import type { Readable } from 'node:stream';
import { BrokenGzip } from '../../input/storage/broken-gzip.js';
import { BrokenCsv, DEFAULT_FORMAT, type CsvFacts, type CsvFormat } from '../../input/storage/csv.js';
import { isGzip } from '../../input/storage/gzip-mark.js';
import { RowCounter } from '../../input/storage/row-counter.js';
import { missingKeys } from '../../input/storage/rules.js';
import { UnusableTable } from '../../input/storage/unusable-table.js';
import { gzipped } from '../../input/text/gzipped.js';
import type { UploadedFile } from '../../job/storage/remote-steps.js';
import { withoutBlankEnds, withoutMark } from './csv-content.js';
import { csvHeader } from './csv-header.js';
import { TooManyParts } from './providers/upload-stream.js';
import type { StorageFiles } from './storage-files.js';
import { unzipped } from './unzipped.js';

/** A table to upload as a file, gzipped or not. */
interface TableUpload {
  /** Name of the file in Storage. */
  name: string;
  content: AsyncGenerator<Buffer, void>;
  runId: string;
  primaryKey?: readonly string[] | undefined;
  delimiter?: string | undefined;
  enclosure?: string | undefined;
  signal?: AbortSignal;
  /** Is told how many bytes have been read, unzipped. */
  onRead?: (bytes: number) => void;
}

interface TableDownload {
  /** The columns of the export, since its slices have no header. */
  columns: readonly string[];
  signal?: AbortSignal;
  onBytes?: (bytes: number) => void;
}

/** Moves tables of any length into Storage and out of it, as CSV. */
export class TableFiles {
  constructor(private readonly files: StorageFiles) {}

  /**
   * Uploads CSV while it is read, and counts its rows. Gzipped content is uploaded gzipped. Whatever happens, the
   * content is closed afterwards.
   *
   * @throws UnusableTable, and then there is no file; KeboolaError, StoreRefused, SettingsError; what reading throws.
   */
  async upload(order: TableUpload): Promise<UploadedFile> {
    const { name, content, runId, signal, onRead } = order;
    let zip: Readable | undefined;
    try {
      const start = await content.next();
      const first = start.done === true ? undefined : start.value;
      const csv = new CountedCsv(order, onRead);
      const counted = csv.sent(withoutMark(unzipped(prepended(first, content), 'the file')));
      if (isGzip(first)) zip = gzipped(counted);
      const { id: fileId } = await this.files.uploadStream({
        name: zip ? `${name}.gz` : name,
        content: (zip as AsyncIterable<Buffer> | undefined) ?? counted,
        runId,
        ...(signal && { signal }),
      });
      return { fileId, bytes: csv.bytes, ...csv.facts };
    } catch (error) {
      const isUnusable = error instanceof BrokenCsv || error instanceof BrokenGzip || error instanceof TooManyParts;
      throw isUnusable ? new UnusableTable(error.message) : error;
    } finally {
      zip?.destroy();
      // An earlier error is the one to report.
      await content.return().catch(() => undefined);
    }
  }

  /** Deletes what uploads with a RunId left behind. @throws KeboolaError. */
  async removeOfRun(runId: string): Promise<void> {
    await this.files.removeOfRun(runId);
  }

  /** The CSV of an export, with a header. @throws KeboolaError, StoreRefused, SettingsError, also while it is read. */
  async download(fileId: string, { columns, ...order }: TableDownload): Promise<AsyncGenerator<Buffer, void>> {
    const { content, isSliced } = await this.files.downloadStream(fileId, order);
    return isSliced ? prepended(Buffer.from(`${csvHeader(columns)}\n`), content) : content;
  }
}

/** Counts the rows of a CSV while it passes through. */
class CountedCsv {
  readonly #counter: RowCounter;
  readonly #onRead: ((bytes: number) => void) | undefined;
  #facts: CsvFacts = { columns: [], rows: 0 };
  #bytes = 0;

  constructor({ primaryKey, delimiter, enclosure }: TableUpload, onRead: ((bytes: number) => void) | undefined) {
    const format: CsvFormat = {
      delimiter: delimiter ?? DEFAULT_FORMAT.delimiter,
      enclosure: enclosure ?? DEFAULT_FORMAT.enclosure,
    };
    this.#onRead = onRead;
    this.#counter = new RowCounter(format, (columns) => {
      const [missing] = missingKeys(primaryKey, columns);
      if (missing) throw new UnusableTable(`${missing.path}: ${missing.message}`);
    });
  }

  get facts(): CsvFacts {
    return this.#facts;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The content as it is sent to Storage. */
  async *sent(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
    for await (const piece of withoutBlankEnds(this.counted(content), () => this.#counter.isAtValue)) {
      this.#bytes += piece.byteLength;
      yield piece;
    }
  }

  /** Throws at the end if the CSV is incomplete, so that no broken CSV is ever completed in Storage. */
  private async *counted(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
    for await (const piece of content) {
      this.#counter.push(piece);
      this.#onRead?.(piece.byteLength);
      yield piece;
    }
    this.#facts = this.#counter.end();
  }
}

async function* prepended(first: Buffer | undefined, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  if (first) yield first;
  yield* rest;
}
