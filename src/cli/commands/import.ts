import type { Command } from 'commander';
import { valid } from '../../client/valid.js';
import { checkImportTableInput } from '../../input/storage/check-storage.js';
import { COMMA, likelySeparator } from '../../input/storage/csv-separator.js';
import type { ImportSource, ImportTableInput } from '../../job/storage/input.js';
import { counted } from '../../job/text/counted.js';
import { shellQuoted } from '../../job/text/shell-quoted.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { readCsv } from '../options/csv-file.js';
import { isLarge } from '../options/large-file.js';
import { Interrupted } from '../exit/interrupted.js';
import { nothingStarted } from '../exit/left-behind.js';
import { UsageError } from '../exit/usage-error.js';
import { hasLoadedNothing, hasStartedNothing } from '../follow/nothing-started.js';
import { isOwnProject } from '../follow/own-project.js';
import { hasOwnConnection, withOwnTables, type OwnTables } from '../follow/own-tables.js';
import { requireBucket } from '../follow/require-bucket.js';
import { followStarted } from '../follow/follow-started.js';
import { untilStarted } from '../follow/until-started.js';
import { uploadTable } from '../follow/upload-table.js';
import { addStorageRunOptions, type StorageRunOptions } from '../options/storage-run-options.js';
import type { Output } from '../text/output.js';

const OTHER_PROJECT =
  'The token of this command (KBC_TOKEN, or the connection of that name) belongs to another project than that of the worker, ' +
  "which would look for the file in its own project. Nothing was uploaded. Use a token of the worker's project.";

const INTERRUPTED =
  'nothing was started and nothing will be loaded. The uploaded file is deleted, at the latest by Storage itself within 15 days.';

/** Stands in for the id of a file that is not uploaded yet, so that the rest of the input can be checked first. */
const NOT_YET = '1';

interface ImportOptions extends StorageRunOptions {
  incremental?: boolean;
  primaryKey?: string[];
  delimiter?: string;
  enclosure?: string;
}

export function addImport(program: Command): void {
  const command = program
    .command('import')
    .description('Load a CSV file into a table of Storage, which is created if it does not exist')
    .argument('<table>', 'for example in.c-shop.orders')
    .argument('<file>', 'CSV in UTF-8, gzipped or not, or - for standard input')
    .option('--incremental', 'keep the existing rows; replace those that have the same primary key')
    .option('--primary-key <columns...>', 'primary key, if the table has to be created')
    .option('--delimiter <character>', "separator of values (default: a comma); '\\t' is a tab", character)
    .option('--enclosure <character>', 'quote around values (default: a double quote)')
    .option('--progress-lines', 'report upload progress as JSON lines on standard error');
  addStorageRunOptions(command)
    .addHelpText('after', '\nExample:\n  keboola-temporal import in.c-shop.orders orders.csv --primary-key id')
    .action(act(importFile));
}

async function importFile(context: Context, table: string, file: string, options: ImportOptions): Promise<number> {
  const { output } = context;
  output.hasProgressLines = options.progressLines ?? false;
  if (hasOwnConnection(context) && (await isLarge(file))) return await importLarge(context, table, file, options);
  const csv = await readCsv(file, (words) => output.say(words));
  const { delimiter, enclosure } = options;
  warnOfSeparator(output, file, likelySeparator(csv, delimiter, enclosure));
  return await load(context, table, { csv }, options);
}

/** Only the id of the file goes through Temporal. The file is deleted if no workflow can know of it. */
async function importLarge(context: Context, table: string, path: string, options: ImportOptions): Promise<number> {
  valid(checkImportTableInput(inputOf(context, table, { fileId: NOT_YET }, options)));
  return await withOwnTables(context, INTERRUPTED, async (own) => {
    if (!(await isOwnProject(context, own))) throw new UsageError(OTHER_PROJECT);
    return await uploadAndLoad(context, own, { table, path }, options);
  });
}

async function uploadAndLoad(
  context: Context,
  own: OwnTables,
  { table, path }: { table: string; path: string },
  options: ImportOptions,
): Promise<number> {
  const { output } = context;
  const { primaryKey, delimiter, enclosure } = options;
  let fileId: string | undefined;
  const start = { isSent: false, isOver: false };
  try {
    await requireBucket(own, table);
    const file = await uploadTable(output, own, { path, table, primaryKey, delimiter, enclosure }, options);
    fileId = file.fileId;
    output.say(`Uploaded ${counted(file.rows, 'row')} as file ${fileId} of Storage`);
    warnOfSeparator(output, path, file.likelySeparator);
    return await load(context, table, { fileId, rows: file.rows }, options, {
      onStart: () => {
        own.signal.throwIfAborted();
        own.letGo();
        start.isSent = true;
      },
      onOver: () => (start.isOver = true),
    });
  } catch (error) {
    // If the answer to the start was lost, a workflow may be about to load the file.
    const isOurs = !start.isSent || start.isOver;
    if (fileId !== undefined && isOurs) await own.remove(fileId).catch(() => undefined);
    if (!start.isSent) throw nothingStarted(error);
    throw error instanceof Interrupted ? interruptedAtStart(error, fileId) : error;
  }
}

function interruptedAtStart({ message, exitCode }: Interrupted, fileId = ''): Interrupted {
  return new Interrupted(`${message} Storage keeps file ${fileId} for 15 days.`, exitCode);
}

async function load(
  context: Context,
  table: string,
  source: ImportSource,
  options: ImportOptions,
  { onStart, onOver }: Hears = {},
): Promise<number> {
  const input = inputOf(context, table, source, options);
  return await withTemporal(context, async ({ keboola, output }) => {
    onStart?.();
    const started = await untilStarted(keboola.storage.startImport(input, options), output, options).catch(
      (error: unknown) => {
        if (hasStartedNothing(error)) onOver?.();
        throw error;
      },
    );
    return await followStarted(started, output, options).catch(async (error: unknown) => {
      if (await hasLoadedNothing(error, started.handle)) onOver?.();
      throw error;
    });
  });
}

interface Hears {
  onStart?: () => void;
  /** Called after a failure that proves that no job will load the file. */
  onOver?: () => void;
}

function inputOf(
  { connection, settings }: Context,
  table: string,
  source: ImportSource,
  options: ImportOptions,
): ImportTableInput {
  const { incremental, primaryKey, delimiter, enclosure, parentRunId = settings.parentRunId } = options;
  return {
    table,
    source,
    ...(connection !== undefined && { connection }),
    ...(incremental && { incremental }),
    ...(primaryKey && { primaryKey }),
    ...(delimiter !== undefined && { delimiter }),
    ...(enclosure !== undefined && { enclosure }),
    ...(parentRunId !== undefined && { parentRunId }),
  };
}

/** Spreadsheets save CSV with a separator of their own: it would load as one column, or two if a name has a comma. */
function warnOfSeparator(output: Output, file: string, likely: string | undefined): void {
  if (likely === undefined) return;
  const advice = likely === COMMA ? 'leave --delimiter out' : `add --delimiter ${shellQuoted(likely)}`;
  output.warn(
    `${file} names its columns with more '${likely}' than delimiters. ` +
      `If its values are separated by '${likely}', ${advice}.`,
  );
}

/** A shell passes a typed `\t` on as two characters. */
function character(text: string): string {
  return text === '\\t' ? '\t' : text;
}
