import { NoSuchJobError } from '../../client/errors.js';
import type { AnyHandle } from '../../client/handles/open-workflow.js';
import type { JobRow } from '../../client/list-jobs.js';
import type { TemporalContext } from '../context.js';
import { EXIT } from '../exit/exit-codes.js';
import { failureDocument } from '../exit/failure-text.js';
import type { JobFilterOptions } from '../options/job-filter-options.js';
import { interruptible } from '../follow/interruptible.js';
import { isPipeline, jobTable } from '../text/job-table.js';
import { listing } from '../text/listing.js';
import { shortId } from '../text/short-id.js';
import { endOfStop } from './cancel-one.js';
import { runningOf, unknownOf } from './running.js';

/** Each stop is a call that waits, and some reads of Keboola. */
const AT_ONCE_MAX = 20;

const PIPELINES_GO_ON =
  'This does not stop pipelines: a running pipeline goes on with its other tasks. `keboola-temporal cancel --pipelines --since 1h` lists them.';

type Verdict = 'stopped' | 'asked' | 'finished first' | 'not found' | 'not confirmed';

/** What became of one job or pipeline. */
interface Told {
  workflowId: string;
  jobId?: string;
  verdict: Verdict;
  /** Why it is not known to have stopped. */
  message?: string;
}

/** The document for programs; its shape is always the same. */
interface StopDocument {
  /** Whether the jobs are only shown. */
  dryRun: boolean;
  /** All running jobs or pipelines that match the filter, as `list` shows them. */
  jobs: readonly JobRow[];
  /** One for each of the jobs; none in a dry run. */
  verdicts: readonly Told[];
  /** How many more running jobs may match: their component is not known yet, so they are left alone. */
  unknown: number;
}

/**
 * Stops all running jobs or pipelines that match a filter, or only shows them.
 *
 * @returns the exit code: that of an unconfirmed stop if any of them may still run.
 * @throws UnknownProjectError before anything is stopped, if some of the connection's jobs would be missed; Interrupted,
 * which says how many were asked to stop.
 */
export async function cancelMany(
  context: TemporalContext,
  filter: JobFilterOptions,
  { yes, wait }: { yes: boolean; wait: boolean },
): Promise<number> {
  const { output } = context;
  // In this order, no job is missed whose component becomes known in between.
  const unknown = await unknownOf(context, filter);
  const jobs = await runningOf(context, filter);
  if (unknown.text !== '') output.say(unknown.text);
  const verdicts = yes ? await stopAll(context, jobs, wait) : [];
  const document: StopDocument = { dryRun: !yes, jobs, verdicts, unknown: unknown.count };
  output.result(document, textOf(document, filter, output.width));
  return verdicts.some(({ verdict }) => verdict === 'not confirmed') ? EXIT.killNotConfirmed : EXIT.success;
}

function textOf({ dryRun, jobs, verdicts }: StopDocument, filter: JobFilterOptions, width: number | undefined): string {
  if (jobs.length === 0) return 'Nothing that runs matches.';
  if (!dryRun) return verdictTable(verdicts, width);
  const advice = `These ${jobs.length} would be stopped; add --yes to stop them.`;
  const others = filter.pipelines ? '' : ` ${PIPELINES_GO_ON}`;
  return `${jobTable(jobs, width)}\n${advice}${others}`;
}

async function stopAll(context: TemporalContext, jobs: readonly JobRow[], wait: boolean): Promise<Told[]> {
  const count = { asked: 0, confirmed: 0 };
  const left = (): string =>
    `${count.asked} of ${jobs.length} were asked to stop, which goes on; ${count.confirmed} of them are known to have ended. ` +
    '`keboola-temporal list --running` shows what runs.';
  return await interruptible(left, () => stop(context, jobs, wait, count), 0);
}

async function stop(
  context: TemporalContext,
  jobs: readonly JobRow[],
  wait: boolean,
  count: { asked: number; confirmed: number },
): Promise<Told[]> {
  const { output } = context;
  const asked = await inLanes(jobs, async (row) => {
    const one = await requestCancel(context, row);
    count.asked += 1;
    return one;
  });
  if (!wait || jobs.length === 0) return asked.map(({ told }) => told);
  output.say(`Asked ${jobs.length} to stop; waiting for Keboola to confirm each.`);
  return await inLanes(asked, async (one) => {
    const end = await confirm(one);
    output.say(`${(count.confirmed += 1)} of ${jobs.length}: ${shortId(end.workflowId)} ${end.verdict}`);
    return end;
  });
}

/** A job or pipeline that was asked to stop, and what is known of it so far. */
interface Asked {
  handle: AnyHandle;
  told: Told;
}

async function requestCancel({ keboola }: TemporalContext, row: JobRow): Promise<Asked> {
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

/** Works on a few items at a time; the results keep the order of the items. */
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
    jobId,
    verdict,
    shortId(workflowId),
    message,
  ]);
  return listing(['job', 'verdict', 'workflow', 'why'], rows, width);
}
