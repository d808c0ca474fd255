import { TextDecoder } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { CsvReader } from './csv/csv-reader.js';
import type { CsvFormat } from './csv/csv-reader.js';
import { columnNames } from './names.js';
import type { StoredFile } from './file-store.js';
import { heldBytesOf } from './held-bytes.js';
import { StorageFailure } from './storage-failure.js';

/** Which lines of a file are rows, and what their columns are called. */
export interface SourceOptions {
  format: CsvFormat;
  /** Names of the columns; if there are any, the file has no header. */
  columns: readonly string[];
  /** How many lines at the beginning to skip; if given, the file has no header either. */
  ignoredLines: number | undefined;
}

export interface SourceRows {
  columns: string[];
  rows: string[][];
  /** The size of the file as it was uploaded. */
  bytes: number;
}

const PIECE_BYTES = 1_048_576;

/** Reads the rows of an uploaded file, all or none. @throws StorageFailure for whatever is wrong with it */
export function readSource(file: StoredFile, options: SourceOptions, heldBytesMax: number): SourceRows {
  const slices = slicesOf(file);
  const hasHeader = options.columns.length === 0 && options.ignoredLines === undefined;
  let columns = hasHeader ? undefined : columnNames(options.columns);
  const rows: string[][] = [];
  let [skipped, heldBytes] = [0, 0];
  for (const slice of slices) {
    readRows(inflated(file, slice, heldBytesMax), options.format, (cells, line) => {
      if (skipped++ < (options.ignoredLines ?? 0)) return;
      if (columns === undefined) columns = columnNames(cells);
      else rows.push(checked(cells, columns, line));
      heldBytes += heldBytesOf(cells);
      if (heldBytes > heldBytesMax) throw new StorageFailure('sandbox.full', 'The file does not fit into the sandbox');
    });
  }
  const bytes = slices.reduce((sum, slice) => sum + slice.byteLength, 0);
  return { columns: columns ?? [], rows, bytes };
}

function checked(cells: string[], columns: readonly string[], line: number): string[] {
  if (cells.length === columns.length) return cells;
  const counts = `Number of columns in file (${cells.length}) does not match that of the corresponding table`;
  throw new StorageFailure('invalidData', `Load error: line ${line}: ${counts} (${columns.length})`);
}

/** A sliced file has a manifest that names its slices. */
function slicesOf(file: StoredFile): Buffer[] {
  if (!file.isSliced) {
    const content = file.blobs.get(file.blobName);
    if (content === undefined)
      throw new StorageFailure('storage.fileNotUploaded', `File "${file.id}" was not uploaded`);
    return [content.whole()];
  }
  const manifest = file.blobs.get(`${file.blobName}manifest`);
  if (manifest === undefined) throw new StorageFailure('storage.manifestFileMissing', 'The manifest was not uploaded');
  return manifestNames(manifest.whole()).map((name) => {
    const slice = file.blobs.get(name);
    if (slice !== undefined) return slice.whole();
    throw new StorageFailure('storage.importFileMissing', `The slice ${name} of the manifest was not uploaded`);
  });
}

function manifestNames(manifest: Buffer): string[] {
  try {
    const { entries } = JSON.parse(manifest.toString('utf8')) as { entries: { url: string }[] };
    return entries.map(({ url }) => decodeURIComponent(url.slice(url.lastIndexOf('/') + 1)));
  } catch {
    throw new StorageFailure('storage.manifestFileMissing', 'The manifest is not {"entries": [{"url": …}]}');
  }
}

function inflated({ name }: StoredFile, slice: Buffer, bytesMax: number): Buffer {
  if (!name.endsWith('.gz')) return slice;
  try {
    return gunzipSync(slice, { maxOutputLength: Math.max(bytesMax, 1) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StorageFailure('invalidData', `Load error: ${name} cannot be unzipped: ${reason}`);
  }
}

/** Decodes in pieces, because the whole text could exceed the longest string that JavaScript allows. */
function readRows(content: Buffer, format: CsvFormat, onRow: (cells: string[], line: number) => void): void {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = new CsvReader(format, onRow);
  for (let at = 0; at < content.byteLength; at += PIECE_BYTES) {
    const isLast = at + PIECE_BYTES >= content.byteLength;
    reader.push(decoded(decoder, content.subarray(at, at + PIECE_BYTES), isLast));
  }
  reader.end();
}

function decoded(decoder: TextDecoder, piece: Buffer, isLast: boolean): string {
  try {
    return decoder.decode(piece, { stream: !isLast });
  } catch {
    throw new StorageFailure('invalidData', 'Load error: Invalid UTF8 detected; files must be encoded in UTF-8');
  }
}
