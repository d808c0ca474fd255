import type { Command } from 'commander';
import { act } from '../act.js';
import { inConnection, withTemporal, type Context } from '../context.js';
import { UsageError } from '../exit/usage-error.js';
import { isFiltered, withJobFilter, type JobFilterOptions } from '../options/job-filter-options.js';
import { cancelMany } from '../stop/cancel-many.js';
import { cancelOne } from '../stop/cancel-one.js';

interface Options extends JobFilterOptions {
  wait: boolean;
  yes?: boolean;
}

export function addCancel(program: Command): void {
  const command = program
    .command('cancel')
    .description(
      'Stop a job or a pipeline, or all that match a filter, and wait until Keboola confirms that they have stopped',
    )
    .argument('[id]', 'workflow id, Keboola job id, or a link to either');
  withJobFilter(command)
    .option('--yes', 'with a filter: stop what matches; without --yes it is only listed')
    .option('--no-wait', 'request the stop, and do not wait for it')
    .addHelpText(
      'after',
      '\nExamples:\n  keboola-temporal cancel 186985832\n  keboola-temporal cancel --component keboola.ex-http --since 2h --yes',
    )
    .action(act(cancel));
}

async function cancel(context: Context, id: string | undefined, options: Options): Promise<number> {
  const { wait, yes, ...filter } = options;
  if (id !== undefined && (yes || filter.pipelines || isFiltered(filter)))
    throw new UsageError('Give either an id, which stops one job, or a filter with --yes, which stops many.');
  if (id === undefined && !isFiltered(filter)) {
    const such = filter.pipelines ? '--since' : '--component';
    throw new UsageError(
      `Say what to stop: an id, or a filter such as ${such}. To stop all, use --query 'WorkflowId != ""'.`,
    );
  }
  return await withTemporal(context, async (temporal) => {
    if (id === undefined) return await cancelMany(temporal, filter, { wait, yes: yes ?? false });
    const handle = await temporal.keboola.open(id, inConnection(temporal.connection));
    return await cancelOne(handle, temporal.output, wait);
  });
}
