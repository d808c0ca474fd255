import { basename } from 'node:path';
import type { Command } from 'commander';
import { EXPORT_ROWS_MAX } from '../../job/storage/input.js';
import type { ExportTableResult } from '../../job/storage/result.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { requirePlace } from '../options/written-file.js';
import { writeCsv, type Csv } from '../options/written-csv.js';
import { pour } from '../options/pour.js';
import { storageText } from '../text/job-text.js';
import { Interrupted } from '../exit/interrupted.js';
import { LeftBehind } from '../exit/left-behind.js';
import { UsageError } from '../exit/usage-error.js';
import { countUpTo } from '../options/numbers.js';
import type { Output } from '../text/output.js';
import { isOwnProject } from '../follow/own-project.js';
import { hasOwnConnection, withOwnTables } from '../follow/own-tables.js';
import { showBytes, type ByteOptions } from '../follow/show-bytes.js';
import { followStarted } from '../follow/follow-started.js';
import { untilStarted } from '../follow/until-started.js';
import { addStorageRunOptions, type StorageRunOptions } from '../options/storage-run-options.js';

interface ExportOptions extends StorageRunOptions {
  output?: string;
  columns?: string[];
  limit?: number;
  changedSince?: string;
}

export function addExport(program: Command): void {
  const command = program
    .command('export')
    .description('Export a table of Storage as CSV')
    .argument('<table>', 'for example in.c-shop.orders')
    .option(
      '-o, --output <file>',
      'write the CSV to this file (gzipped if its name ends in .gz), or with - to standard output, the default. A table of any size needs this ' +
        'option, and KBC_URL and KBC_TOKEN of the project; without them, and with --json to standard output, 1 MiB at most',
    )
    .option('--columns <columns...>', 'only these columns, in this order')
    .option('--limit <rows>', 'at most this many rows', countUpTo(EXPORT_ROWS_MAX))
    .option('--changed-since <time>', 'only rows changed since this time, for example "-2 days"')
    .option('--progress-lines', 'report download progress as JSON lines on standard error');
  addStorageRunOptions(command)
    .addHelpText('after', '\nExample:\n  keboola-temporal export in.c-shop.orders -o orders.csv')
    .action(act(exportTable));
}

const STANDARD_OUTPUT = '-';
const NOTHING_STARTED = 'nothing was started, and nothing is written.';

async function exportTable(context: Context, table: string, options: ExportOptions): Promise<number> {
  if (options.detach && options.output !== undefined) {
    throw new UsageError('--detach ends before there are rows: leave out -o, or --detach.');
  }
  const { columns, limit, changedSince, output: place = STANDARD_OUTPUT } = options;
  context.output.hasProgressLines = options.progressLines ?? false;
  // Check this first: nobody should wait for a job and then hear that its rows have nowhere to go.
  if (place !== STANDARD_OUTPUT) await requirePlace(place);
  const parentRunId = options.parentRunId ?? context.settings.parentRunId;
  const isInDocument = place === STANDARD_OUTPUT && context.output.json;
  // With a token for the project, the command downloads a file of any size itself, and the rows bypass Temporal.
  const isToFetch = options.output !== undefined && !isInDocument && hasOwnConnection(context);
  const isOwn =
    isToFetch && (await withOwnTables(context, NOTHING_STARTED, async (own) => await isOwnProject(context, own)));
  return await withTemporal(context, async ({ keboola, output, connection }) => {
    const input = {
      table,
      ...(connection !== undefined && { connection }),
      ...(columns && { columns }),
      ...(limit !== undefined && { limit }),
      ...(changedSince !== undefined && { changedSince }),
      ...(parentRunId !== undefined && { parentRunId }),
      ...(isOwn && { to: { storage: true as const } }),
    };
    const started = await untilStarted(keboola.storage.startExport(input, options), output, options);
    return await followStarted(started, output, options, async (end) => {
      if (isInDocument) output.result(end, '');
      else tell({ ...end, bytes: await write(context, end, place, options) }, output, place);
    });
  });
}

/**
 * Writes the rows to where they were asked for: from the workflow's result, or from the file in Storage.
 *
 * @returns the size of the CSV in bytes.
 * @throws LeftBehind, since the job has run; Interrupted.
 */
async function write(context: Context, end: ExportTableResult, place: string, bar: ByteOptions): Promise<number> {
  const writeTo = (csv: Csv, signal?: AbortSignal): Promise<number> =>
    place === STANDARD_OUTPUT ? pour(csv, signal) : writeCsv(place, csv);
  const { output } = context;
  const { fileId, columns, table } = end;
  const kept = `Storage keeps file ${fileId} for 15 days.`;
  const orLeft = (error: unknown): never => {
    throw error instanceof Interrupted ? error : new LeftBehind(kept, error, true);
  };
  if (end.csv !== undefined) return await writeTo([Buffer.from(end.csv)]).catch(orLeft);
  const title = `Downloading ${place === STANDARD_OUTPUT ? table : basename(place)}`;
  // In one terminal, a progress bar would run into the rows.
  const isShown = place !== STANDARD_OUTPUT || output.width === undefined;
  const left = place === STANDARD_OUTPUT ? 'not all of it is written' : 'nothing is written';
  return await withOwnTables(context, `${left}. ${kept}`, ({ tables, signal }) =>
    showBytes({ ...output, live: output.live && isShown }, bar, { title }, async (onBytes) =>
      writeTo(await tables.download(fileId, { columns, signal, onBytes }), signal),
    ),
  ).catch(orLeft);
}

/** When the rows go to standard output, everything said about them goes to standard error. */
function tell({ csv: _written, ...end }: ExportTableResult, output: Output, place: string): void {
  if (place === STANDARD_OUTPUT) output.say(storageText(end));
  else output.result({ ...end, file: place }, `${storageText(end)}\nwritten to ${place}`);
}
