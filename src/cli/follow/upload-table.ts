import { basename } from 'node:path';
import { UnusableTable } from '../../input/storage/unusable-table.js';
import { ChangedFile } from '../../input/text/read-whole.js';
import type { UploadedFile } from '../../job/storage/remote-steps.js';
import { UsageError } from '../exit/usage-error.js';
import { openLarge } from '../options/large-file.js';
import type { Output } from '../text/output.js';
import type { OwnTables } from './own-tables.js';
import { showBytes, type ByteOptions } from './show-bytes.js';

/** The file to load into a table, and its format. */
export interface TableFile {
  path: string;
  table: string;
  primaryKey?: string[] | undefined;
  delimiter?: string | undefined;
  enclosure?: string | undefined;
}

/**
 * Uploads a file of any size while reading it, shows the progress, and counts the rows.
 *
 * @throws UsageError, KeboolaError, SettingsError.
 */
export async function uploadTable(
  output: Output,
  { tables, runId, signal }: Pick<OwnTables, 'tables' | 'runId' | 'signal'>,
  { path, table, ...format }: TableFile,
  bar: ByteOptions,
): Promise<UploadedFile> {
  const { bytes: total, content } = await openLarge(path);
  const order = { name: `${table}.csv`, runId, signal, ...format };
  try {
    return await showBytes(output, bar, { title: `Uploading ${basename(path)}`, total }, (onBytes) =>
      tables.upload({ ...order, content: told(content, onBytes) }),
    );
  } catch (error) {
    // The message of `ChangedFile` names its file.
    if (error instanceof ChangedFile) throw new UsageError(error.message);
    throw error instanceof UnusableTable ? new UsageError(`${path}: ${error.message}`) : error;
  }
}

async function* told(
  content: AsyncGenerator<Buffer, void>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer, void> {
  for await (const piece of content) {
    onBytes(piece.byteLength);
    yield piece;
  }
}
