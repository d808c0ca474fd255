import type { Command } from 'commander';
import type { ExportTableResult } from '../../job/storage/result.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { writeCsv } from '../options/csv-file.js';
import { storageText } from '../text/job-text.js';
import { countUpTo } from '../options/numbers.js';
import type { Output } from '../text/output.js';
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
    .description('Export a table of Storage as CSV of up to 1 MiB')
    .argument('<table>', 'for example in.c-main.orders')
    .option('-o, --output <file>', 'write the CSV there (default: standard output)')
    .option('--columns <columns...>', 'these columns alone, in this order')
    .option('--limit <rows>', 'at most so many rows', countUpTo(100_000_000))
    .option('--changed-since <time>', 'only rows that have changed since, for example "-2 days"');
  addStorageRunOptions(command)
    .addHelpText('after', '\nExample:\n  keboola-temporal export in.c-main.orders -o orders.csv')
    .action(act(exportTable));
}

async function exportTable(context: Context, table: string, options: ExportOptions): Promise<number> {
  const { columns, limit, changedSince } = options;
  const parentRunId = options.parentRunId ?? context.settings.parentRunId;
  return await withTemporal(context, async ({ keboola, output, connection }) => {
    const input = {
      table,
      ...(connection !== undefined && { connection }),
      ...(columns && { columns }),
      ...(limit !== undefined && { limit }),
      ...(changedSince !== undefined && { changedSince }),
      ...(parentRunId !== undefined && { parentRunId }),
    };
    const started = await keboola.storage.startExport(input, options);
    return await followStarted(started, output, options, (end) => tell(end, output, options.output));
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
