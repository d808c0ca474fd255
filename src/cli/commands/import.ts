import type { Command } from 'commander';
import { excelSeparator, likelySeparator, withoutBlankEnd } from '../../input/storage/csv-separator.js';
import { shellQuoted } from '../../job/text/shell-quoted.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { readCsv } from '../options/csv-file.js';
import { UsageError } from '../exit/usage-error.js';
import { followStarted } from '../follow/follow-started.js';
import { addStorageRunOptions, type StorageRunOptions } from '../options/storage-run-options.js';

interface ImportOptions extends StorageRunOptions {
  incremental?: boolean;
  primaryKey?: string[];
  delimiter?: string;
  enclosure?: string;
}

export function addImport(program: Command): void {
  const command = program
    .command('import')
    .description('Load a CSV file of up to 1 MiB into a table of Storage, which is made when it is missing')
    .argument('<table>', 'for example in.c-main.orders')
    .argument('<file>', 'CSV in UTF-8, gzipped or not, or - for standard input')
    .option('--incremental', 'keep the rows that are there; those of the same primary key are replaced')
    .option('--primary-key <columns...>', 'of a table that is made')
    .option('--delimiter <character>', "between values (default: a comma); '\\t' is a tab", character)
    .option('--enclosure <character>', 'around values (default: a double quote)');
  addStorageRunOptions(command)
    .addHelpText('after', '\nExample:\n  keboola-temporal import in.c-main.orders orders.csv --primary-key id')
    .action(act(importFile));
}

async function importFile(context: Context, table: string, file: string, options: ImportOptions): Promise<number> {
  const { incremental, primaryKey, delimiter, enclosure } = options;
  const csv = withoutBlankEnd(await readCsv(file), delimiter);
  tellSeparator(context, file, csv, delimiter);
  const parentRunId = options.parentRunId ?? context.settings.parentRunId;
  return await withTemporal(context, async ({ keboola, output, connection }) => {
    const input = {
      ...{ table, source: { csv } },
      ...(connection !== undefined && { connection }),
      ...(incremental && { incremental }),
      ...(primaryKey && { primaryKey }),
      ...(delimiter !== undefined && { delimiter }),
      ...(enclosure !== undefined && { enclosure }),
      ...(parentRunId !== undefined && { parentRunId }),
    };
    return await followStarted(await keboola.storage.startImport(input, options), output, options);
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
