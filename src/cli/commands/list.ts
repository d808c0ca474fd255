import type { Command } from 'commander';
import type { JobRow, ListOptions } from '../../client/list-jobs.js';
import { act } from '../act.js';
import { inConnection, withTemporal, type Context } from '../context.js';
import { EXIT } from '../exit/exit-codes.js';
import { countUpTo } from '../options/numbers.js';
import { listing } from '../text/listing.js';
import { paintStatus } from '../text/output.js';
import { shortId } from '../text/short-id.js';
import { agoText } from '../text/time-text.js';

export function addList(program: Command): void {
  program
    .command('list')
    .description('List jobs, the newest first')
    .option('--running', 'only those that run')
    .option('--query <filter>', 'a Temporal list filter, for example \'KeboolaStatus = "error"\'')
    .option('--limit <n>', 'how many, at most 1000', countUpTo(1_000), 20)
    .addHelpText('after', '\nExample:\n  keboola-temporal list --running')
    .action(act(list));
}

async function list(context: Context, options: ListOptions): Promise<number> {
  return await withTemporal(context, async ({ keboola, output, connection }) => {
    const rows = await keboola.list({ ...options, ...inConnection(connection) });
    output.result(rows, rows.length === 0 ? 'No jobs.' : listing(HEAD, rows.map(cells), output.width));
    return EXIT.success;
  });
}

const HEAD = ['job', 'status', 'workflow', 'started'];

function cells(row: JobRow): string[] {
  return [
    row.jobId ?? '',
    row.jobStatus === undefined ? row.workflowStatus.toLowerCase() : paintStatus(row.jobStatus),
    shortId(row.workflowId),
    agoText(row.startTime),
  ];
}
