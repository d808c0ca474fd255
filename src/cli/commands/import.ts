import type { Command } from 'commander';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { readCsv } from '../csv-file.js';
import { addStorageRunOptions, followStorage, startOptions, type StorageRunOptions } from '../storage-run.js';

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
    .argument('<file>', 'CSV in UTF-8, or - for standard input')
    .option('--incremental', 'keep the rows that are there; those of the same primary key are replaced')
    .option('--primary-key <columns...>', 'of a table that is made')
    .option('--delimiter <character>', 'between values (default: a comma)')
    .option('--enclosure <character>', 'around values (default: a double quote)');
  addStorageRunOptions(command)
    .addHelpText('after', '\nExample:\n  keboola-temporal import in.c-main.orders orders.csv --primary-key id')
    .action(act(importFile));
}

async function importFile(context: Context, table: string, file: string, options: ImportOptions): Promise<number> {
  const csv = await readCsv(file);
  const { incremental, primaryKey, delimiter, enclosure } = options;
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
    return await followStorage(await keboola.storage.startImport(input, startOptions(options)), output, options);
  });
}
