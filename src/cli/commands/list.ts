import type { Command } from 'commander';
import { LIST_MAX, type JobPage, type JobRow, type ListOptions } from '../../client/list-jobs.js';
import { act } from '../act.js';
import { inConnection, withTemporal, type Context, type TemporalContext } from '../context.js';
import { EXIT } from '../exit/exit-codes.js';
import { UsageError } from '../exit/usage-error.js';
import { watchList } from '../follow/watch-list.js';
import { withJobFilter, type JobFilterOptions } from '../options/job-filter-options.js';
import { countUpTo } from '../options/numbers.js';
import { jobTable, MORE_JOBS } from '../text/job-table.js';

interface Options extends JobFilterOptions {
  running?: boolean;
  limit: number;
  watch?: boolean;
  /** `true` for the first page. */
  page?: string | true;
}

export function addList(program: Command): void {
  withJobFilter(
    program.command('list').description('List jobs or pipelines: those that run, then those that ended last'),
  )
    .option('--running', 'only those that are running')
    .option('--limit <n>', `how many to list, at most ${LIST_MAX}`, countUpTo(LIST_MAX), 20)
    .option('--page [next]', 'list page by page; each page ends with the value to pass here for the next one')
    .option('--watch', 'keep the list up to date until Ctrl-C')
    .addHelpText(
      'after',
      '\nExamples:\n  keboola-temporal list --running --watch\n  keboola-temporal list --component keboola.ex-http --status error --since 1d\n  keboola-temporal list --pipelines --running',
    )
    .action(act(list));
}

async function list(context: Context, { watch, page, ...filter }: Options): Promise<number> {
  if (watch && (page !== undefined || context.output.json))
    throw new UsageError('--watch shows the newest jobs to a person: leave out --page and --json.');
  return await withTemporal(context, async (temporal) => {
    const options = { ...filter, ...inConnection(temporal.connection) };
    const look = async (): Promise<JobRow[]> => (await temporal.keboola.listPage(options)).jobs;
    if (watch) return await watchList(look, temporal.output, noneText(options));
    return page === undefined ? await showAll(temporal, options) : await showPage(temporal, options, page);
  });
}

async function showAll({ keboola, output }: TemporalContext, options: ListOptions): Promise<number> {
  const page = await keboola.listPage(options);
  output.result(page.jobs, textOf(page, options, output.width));
  if (page.next !== undefined) output.say(MORE_JOBS);
  return EXIT.success;
}

async function showPage(
  { keboola, output }: TemporalContext,
  options: ListOptions,
  after: string | true,
): Promise<number> {
  const page = await keboola.listPage({ ...options, ...(after !== true && { after }) });
  output.result(page, textOf(page, options, output.width));
  if (page.next !== undefined) output.say(`More: the same command with --page ${page.next}`);
  return EXIT.success;
}

function textOf({ jobs }: JobPage, options: ListOptions, width: number | undefined): string {
  return jobs.length > 0 ? jobTable(jobs, width) : noneText(options);
}

function noneText({ pipelines }: ListOptions): string {
  return pipelines ? 'No pipelines.' : 'No jobs.';
}
