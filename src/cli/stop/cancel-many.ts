import { NoSuchJobError } from '../../client/errors.js';
import type { JobRow } from '../../client/list-jobs.js';
import { inConnection, type TemporalContext } from '../context.js';
import { EXIT } from '../exit/exit-codes.js';
import { failureDocument } from '../exit/failure-text.js';
import type { JobFilterOptions } from '../options/job-filter-options.js';
import { jobTable } from '../text/job-table.js';
import { listing } from '../text/listing.js';
import { shortId } from '../text/short-id.js';
import { endOfStop } from './cancel-one.js';

/** More than Temporal lists at once are stopped by the same command once more. */
const JOBS_MAX = 1_000;
/** Each is a call that waits, and some reads of Keboola. */
const AT_ONCE_MAX = 20;

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
 * Stops all jobs of a filter that run, or shows them.
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
  if (!yes || jobs.length === 0) {
    const advice = `These ${jobs.length} would be stopped: the same command with --yes does it.${more}`;
    const text = jobs.length === 0 ? 'Nothing runs that this names.' : `${jobTable(jobs, output.width)}\n${advice}`;
    output.result({ dryRun: !yes, jobs }, text);
    return EXIT.success;
  }
  const told = await inLanes(jobs, async (row, done) => {
    const end = await stopOne(context, row, wait);
    output.say(`${done()} of ${jobs.length}: ${shortId(row.workflowId)} ${end.verdict}`);
    return end;
  });
  output.result(told, `${verdictTable(told, output.width)}${more}`);
  return told.some(({ verdict }) => verdict === 'not confirmed') ? EXIT.killNotConfirmed : EXIT.success;
}

async function stopOne({ keboola }: TemporalContext, row: JobRow, wait: boolean): Promise<Told> {
  const { workflowId, runId, jobId } = row;
  const about = { workflowId, ...(jobId !== undefined && { jobId }) };
  const handle = keboola.handle(workflowId, runId);
  try {
    const asked = await handle.cancel();
    if (!wait) return { ...about, verdict: asked ? 'asked' : 'finished first' };
    const { canceled } = await endOfStop(() => handle.result());
    return { ...about, verdict: canceled ? 'stopped' : 'finished first' };
  } catch (error) {
    if (error instanceof NoSuchJobError) return { ...about, verdict: 'not found' };
    return { ...about, verdict: 'not confirmed', message: failureDocument(error).message };
  }
}

/** In their own order. @param work is told how many are done, itself counted in. */
async function inLanes(
  jobs: readonly JobRow[],
  work: (row: JobRow, done: () => number) => Promise<Told>,
): Promise<Told[]> {
  const told: Told[] = [];
  let [at, done] = [0, 0];
  const lane = async (): Promise<void> => {
    for (let row = jobs[at]; row !== undefined; row = jobs[at]) {
      const index = at++;
      told[index] = await work(row, () => (done += 1));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE_MAX }, lane));
  return told;
}

function verdictTable(told: readonly Told[], width: number | undefined): string {
  const rows = told.map(({ jobId = '', workflowId, verdict, message = '' }) => [
    ...[jobId, verdict, shortId(workflowId)],
    message,
  ]);
  return listing(['job', 'verdict', 'workflow', 'why'], rows, width);
}
