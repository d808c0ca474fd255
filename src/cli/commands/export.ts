import { basename } from 'node:path';
import type { Command } from 'commander';
import type { ExportTableResult } from '../../job/storage/result.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { writeCsv } from '../options/csv-file.js';
import { writeLarge } from '../options/large-file.js';
import { storageText } from '../text/job-text.js';
import { UsageError } from '../exit/usage-error.js';
import { countUpTo } from '../options/numbers.js';
import type { Output } from '../text/output.js';
import { isOwnProject } from '../follow/own-project.js';
import { hasOwnConnection, withOwnTables } from '../follow/own-tables.js';
import { showBytes } from '../follow/show-bytes.js';
import { followStarted } from '../follow/follow-started.js';
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
    .option('-o, --output <file>', 'write the CSV there (default: standard output)')
    .option('--columns <columns...>', 'these columns alone, in this order')
    .option('--limit <rows>', 'at most so many rows', countUpTo(100_000_000))
    .option('--changed-since <time>', 'only rows that have changed since, for example "-2 days"')
    .option('--progress-lines', 'tell the bytes of a download as lines of JSON on standard error');
  addStorageRunOptions(command)
    .addHelpText('after', '\nExample:\n  keboola-temporal export in.c-shop.orders -o orders.csv')
    .action(act(exportTable));
}

async function exportTable(context: Context, table: string, options: ExportOptions): Promise<number> {
  const { columns, limit, changedSince } = options;
  const parentRunId = options.parentRunId ?? context.settings.parentRunId;
  // With a token of the project it fetches the file itself, whatever its size; the rows then pass by Temporal.
  const isOwn = options.output !== undefined && hasOwnConnection(context) && (await isOwnProject(context));
  if (typeof isOwn === 'number') return isOwn;
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
    const started = await keboola.storage.startExport(input, options);
    return await followStarted(started, output, options, (end) =>
      end.csv === undefined ? fetchOwn(context, end, options) : tell(end, output, options.output),
    );
  });
}

/** The CSV goes to where it was asked for, all that is said about it to standard error. */
async function tell(end: ExportTableResult, output: Output, file: string | undefined): Promise<void> {
  const { csv = '', ...about } = end;
  if (file !== undefined) {
    await writeCsv(file, csv);
    output.result({ ...about, file }, storageText(end));
    return;
  }
  output.say(storageText(end));
  output.result(end, csv.replace(/\n$/, ''));
}

/** Ctrl-C leaves the file in Storage, and none here. @throws UsageError. */
async function fetchOwn(context: Context, end: ExportTableResult, options: ExportOptions): Promise<void> {
  const { output } = context;
  const { output: path = '' } = options;
  const { fileId, columns } = end;
  const fetched = await withOwnTables(context, ({ tables, signal }) =>
    showBytes(output, options, { title: `Downloading ${basename(path)}` }, async (onBytes) => ({
      bytes: await writeLarge(path, await tables.download(fileId, { columns, signal, onBytes })),
    })),
  );
  if (typeof fetched === 'number') {
    throw new UsageError(`Interrupted, and nothing is written. Storage keeps file ${fileId} for 15 days.`);
  }
  const whole = { ...end, ...fetched };
  output.result({ ...whole, file: path }, storageText(whole));
}
