import { NoSuchJobError } from '../../client/errors.js';
import type { AnyHandle } from '../../client/handles/open-workflow.js';
import type { JobRow } from '../../client/list-jobs.js';
import { shellQuoted } from '../../job/text/shell-quoted.js';
import { inConnection, type TemporalContext } from '../context.js';
import { EXIT } from '../exit/exit-codes.js';
import { failureDocument } from '../exit/failure-text.js';
import type { JobFilterOptions } from '../options/job-filter-options.js';
import { isPipeline, jobTable } from '../text/job-table.js';
import { listing } from '../text/listing.js';
import { shortId } from '../text/short-id.js';
import { endOfStop } from './cancel-one.js';

/** More than Temporal lists at once are stopped by the same command once more. */
const JOBS_MAX = 1_000;
/** Each is a call that waits, and some reads of Keboola. */
const AT_ONCE_MAX = 20;

const PIPELINES_GO_ON =
  'Pipelines are not among them: one that runs goes on with its other tasks. `keboola-temporal cancel --pipelines --since 1h` shows those.';

/** A job shows its component with the first change of its status. */
const UNTOLD = 'KeboolaComponent IS NULL';

type Verdict = 'stopped' | 'asked' | 'finished first' | 'not found' | 'not confirmed';

/** What became of one of them. */
interface Told {
  workflowId: string;
  jobId?: string;
  verdict: Verdict;
  /** Why it is not known to have stopped. */
  message?: string;
}

/**
 * Stops all jobs of a filter that run, or all pipelines, or shows them.
 *
 * @returns the exit code: one of those that may still run, if any.
 */
export async function cancelMany(
  context: TemporalContext,
  filter: JobFilterOptions,
  { yes, wait }: { yes: boolean; wait: boolean },
): Promise<number> {
  const { keboola, output, connection } = context;
  const options = { ...filter, ...inConnection(connection), running: true, limit: JOBS_MAX };
  const { jobs, next } = await keboola.listPage(options);
  const more = next === undefined ? '' : ` There are more than ${JOBS_MAX}: ask again for the rest.`;
  await tellUnknown(context, filter);
  if (!yes || jobs.length === 0) {
    const advice = `These ${jobs.length} would be stopped: the same command with --yes does it.${more}`;
    const others = filter.pipelines ? '' : ` ${PIPELINES_GO_ON}`;
    const table = `${jobTable(jobs, output.width)}\n${advice}${others}`;
    const text = jobs.length === 0 ? 'Nothing runs that this names.' : table;
    output.result({ dryRun: !yes, jobs }, text);
    return EXIT.success;
  }
  const asked = await inLanes(jobs, (row) => ask(context, row));
  if (wait) output.say(`Asked ${jobs.length} to stop; Keboola is to confirm each.`);
  let done = 0;
  const told = wait
    ? await inLanes(asked, async (one) => {
        const end = await confirm(one);
        output.say(`${(done += 1)} of ${jobs.length}: ${shortId(end.workflowId)} ${end.verdict}`);
        return end;
      })
    : asked.map(({ told }) => told);
  output.result(told, `${verdictTable(told, output.width)}${more}`);
  return told.some(({ verdict }) => verdict === 'not confirmed') ? EXIT.killNotConfirmed : EXIT.success;
}

/** What a job is of shows once it has been prepared; while Keboola does not answer that may take a day. */
async function tellUnknown({ keboola, output, connection }: TemporalContext, filter: JobFilterOptions): Promise<void> {
  if (filter.component === undefined && filter.config === undefined && filter.status === undefined) return;
  const { query: own, since } = filter;
  const query = own === undefined ? UNTOLD : `${UNTOLD} AND (${own})`;
  const options = { query, ...(since && { since }), ...inConnection(connection), running: true, limit: JOBS_MAX };
  const { jobs, next } = await keboola.listPage(options);
  if (jobs.length === 0) return;
  const place = connection === undefined ? [] : ['-c', shellQuoted(connection)];
  const time = since === undefined ? [] : ['--since', since.toISOString()];
  const [count, run] =
    next === undefined ? [`${jobs.length}`, jobs.length === 1 ? 'runs' : 'run'] : [`${JOBS_MAX} and more`, 'run'];
  output.say(
    `${count} more ${run} of which it does not show yet what they are; they are left alone. See them with ` +
      `\`keboola-temporal ${[...place, 'list', '--running', ...time, '--query', shellQuoted(query)].join(' ')}\`.`,
  );
}

/** One that was asked to stop, and what is known of it so far. */
interface Asked {
  handle: AnyHandle;
  told: Told;
}

async function ask({ keboola }: TemporalContext, row: JobRow): Promise<Asked> {
  const { workflowId, runId, jobId } = row;
  const handle = isPipeline(row) ? keboola.pipeline(workflowId, runId) : keboola.handle(workflowId, runId);
  const told = (verdict: Verdict, message?: string): Asked => {
    const named = { workflowId, ...(jobId !== undefined && { jobId }) };
    return { handle, told: { ...named, verdict, ...(message && { message }) } };
  };
  try {
    return told((await handle.cancel()) ? 'asked' : 'finished first');
  } catch (error) {
    if (error instanceof NoSuchJobError) return told('not found');
    return told('not confirmed', failureDocument(error).message);
  }
}

async function confirm({ handle, told }: Asked): Promise<Told> {
  if (told.verdict !== 'asked') return told;
  try {
    const { canceled } = await endOfStop(() => handle.result());
    return { ...told, verdict: canceled ? 'stopped' : 'finished first' };
  } catch (error) {
    return { ...told, verdict: 'not confirmed', message: failureDocument(error).message };
  }
}

/** A few at a time, all of them in their own order. */
async function inLanes<Item, End>(items: readonly Item[], work: (item: Item) => Promise<End>): Promise<End[]> {
  const ends: End[] = [];
  const left = items.entries();
  const lane = async (): Promise<void> => {
    for (const [index, item] of left) ends[index] = await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE_MAX }, lane));
  return ends;
}

function verdictTable(told: readonly Told[], width: number | undefined): string {
  const rows = told.map(({ jobId = '', workflowId, verdict, message = '' }) => [
    ...[jobId, verdict, shortId(workflowId)],
    message,
  ]);
  return listing(['job', 'verdict', 'workflow', 'why'], rows, width);
}
