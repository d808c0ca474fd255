import { basename } from 'node:path';
import type { Command } from 'commander';
import { excelSeparator, likelySeparator, withoutBlankEnd } from '../../input/storage/csv-separator.js';
import { UnusableTable } from '../../input/storage/unusable-table.js';
import { ChangedFile } from '../../input/text/read-whole.js';
import type { ImportSource } from '../../job/storage/input.js';
import { splitTableId } from '../../job/storage/table-id.js';
import type { UploadedFile } from '../../job/storage/remote-steps.js';
import { shellQuoted } from '../../job/text/shell-quoted.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { readCsv } from '../options/csv-file.js';
import { isLarge, openLarge } from '../options/large-file.js';
import { UsageError } from '../exit/usage-error.js';
import { hasLoadedNothing, hasStartedNothing } from '../follow/nothing-started.js';
import { isOwnProject } from '../follow/own-project.js';
import { hasOwnConnection, withOwnTables, type OwnTables } from '../follow/own-tables.js';
import { showBytes } from '../follow/show-bytes.js';
import { followStarted } from '../follow/follow-started.js';
import { addStorageRunOptions, type StorageRunOptions } from '../options/storage-run-options.js';

const OTHER_PROJECT =
  'The token of this command (KBC_TOKEN, or the connection of that name) is of another project than the one of the worker, ' +
  'which would look for the file in its own. Nothing was uploaded. Use a token of the project of the worker.';

const INTERRUPTED =
  '\nInterrupted: nothing was started, so that nothing is loaded. What was uploaded is deleted, at the latest by Storage itself ' +
  'within 15 days.';

interface ImportOptions extends StorageRunOptions {
  incremental?: boolean;
  primaryKey?: string[];
  delimiter?: string;
  enclosure?: string;
}

export function addImport(program: Command): void {
  const command = program
    .command('import')
    .description('Load a CSV file into a table of Storage, which is made when it is missing')
    .argument('<table>', 'for example in.c-shop.orders')
    .argument('<file>', 'CSV in UTF-8, gzipped or not, or - for standard input')
    .option('--incremental', 'keep the rows that are there; those of the same primary key are replaced')
    .option('--primary-key <columns...>', 'of a table that is made')
    .option('--delimiter <character>', "between values (default: a comma); '\\t' is a tab", character)
    .option('--enclosure <character>', 'around values (default: a double quote)')
    .option('--progress-lines', 'tell the bytes of an upload as lines of JSON on standard error');
  addStorageRunOptions(command)
    .addHelpText('after', '\nExample:\n  keboola-temporal import in.c-shop.orders orders.csv --primary-key id')
    .action(act(importFile));
}

async function importFile(context: Context, table: string, file: string, options: ImportOptions): Promise<number> {
  const { delimiter } = options;
  if (hasOwnConnection(context) && (await isLarge(file))) return await importLarge(context, table, file, options);
  const csv = withoutBlankEnd(await readCsv(file), delimiter);
  tellSeparator(context, file, csv, delimiter);
  return await load(context, table, { csv }, options);
}

/** Only the id of the file goes through Temporal. A file that no workflow can have come to know is deleted. */
async function importLarge(context: Context, table: string, path: string, options: ImportOptions): Promise<number> {
  const isSame = await isOwnProject(context);
  if (typeof isSame === 'number') return isSame;
  if (!isSame) throw new UsageError(OTHER_PROJECT);
  const file = await withOwnTables(context, async (own) => {
    await requireBucket(own, table);
    return await upload(context, own, { table, path }, options);
  });
  if (typeof file === 'number') {
    context.output.error(INTERRUPTED);
    return file;
  }
  const { fileId, rows } = file;
  context.output.say(`Uploaded ${rows} rows as file ${fileId} of Storage`);
  const start = { isSent: false };
  try {
    return await load(context, table, { fileId, rows }, options, () => (start.isSent = true));
  } catch (error) {
    // After an answer that was lost a workflow may be about to load it.
    const isOurs = !start.isSent || hasStartedNothing(error) || hasLoadedNothing(error);
    if (isOurs) await withOwnTables(context, ({ remove }) => remove(fileId)).catch(() => undefined);
    throw error;
  }
}

/** Gigabytes shall not go up for a table that can have no place. @throws UsageError. */
async function requireBucket({ bucketProblem }: OwnTables, table: string): Promise<void> {
  const problem = await bucketProblem(splitTableId(table).bucket);
  if (problem !== undefined) throw new UsageError(`table: ${problem} Nothing was uploaded.`);
}

async function upload(
  { output }: Context,
  { tables, runId, signal }: OwnTables,
  { table, path }: { table: string; path: string },
  options: ImportOptions,
): Promise<UploadedFile> {
  const { bytes: total, content } = await openLarge(path);
  const { primaryKey, delimiter, enclosure } = options;
  const order = { name: `${table}.csv`, runId, signal, primaryKey, delimiter, enclosure };
  try {
    return await showBytes(output, options, { title: `Uploading ${basename(path)}`, total }, (onBytes) =>
      tables.upload({ ...order, content: told(content, onBytes) }),
    );
  } catch (error) {
    const isAuthors = error instanceof UnusableTable || error instanceof ChangedFile;
    throw isAuthors ? new UsageError(`${path}: ${error.message}`) : error;
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

async function load(
  context: Context,
  table: string,
  source: ImportSource,
  options: ImportOptions,
  onStart: () => void = () => undefined,
): Promise<number> {
  const { incremental, primaryKey, delimiter, enclosure } = options;
  const parentRunId = options.parentRunId ?? context.settings.parentRunId;
  return await withTemporal(context, async ({ keboola, output, connection }) => {
    const input = {
      ...{ table, source },
      ...(connection !== undefined && { connection }),
      ...(incremental && { incremental }),
      ...(primaryKey && { primaryKey }),
      ...(delimiter !== undefined && { delimiter }),
      ...(enclosure !== undefined && { enclosure }),
      ...(parentRunId !== undefined && { parentRunId }),
    };
    onStart();
    const started = await keboola.storage.startImport(input, options);
    return await followStarted(started, output, options);
  });
}

/** A spreadsheet's own way to write CSV would become a table of one column. @throws UsageError. */
function tellSeparator({ output }: Context, file: string, csv: string, delimiter: string | undefined): void {
  const named = excelSeparator(csv);
  if (named !== undefined) {
    throw new UsageError(
      `${file}: line 1 is "sep=${named}", which only Excel reads. Remove it, and add --delimiter ${shellQuoted(named)}.`,
    );
  }
  const likely = likelySeparator(csv, delimiter);
  if (likely === undefined) return;
  output.say(
    `warning: ${file} has one column. If its values are separated by '${likely}', add --delimiter ${shellQuoted(likely)}.`,
  );
}

/** A shell hands on a tab as two characters, as they are typed. */
function character(text: string): string {
  return text === '\\t' ? '\t' : text;
}
