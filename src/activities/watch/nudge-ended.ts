import { log } from '@temporalio/activity';
import { isCreator } from '../../job/watch/relying.js';
import { dueOf, stillUnmapped, type AskedFor, type Unmapped } from '../../job/watch/unmapped.js';
import type { WatchRequest } from '../../job/watch/watch-request.js';
import { IDS_AT_ONCE_MAX, workflowsOf } from './in-flight.js';
import { nudge } from './nudge.js';

/** The workflows of these jobs could not be listed. */
const NOT_ASKED: AskedFor = { isMapped: false, nudged: [], isRefused: true };

/**
 * Finds the workflows of jobs that have ended, and nudges them. It never fails: if Temporal does not answer, the jobs
 * of that query are retried at growing intervals, and the remaining ones at the next look.
 *
 * @param steadyMs by the same clock as the times of the jobs.
 * @returns the jobs whose workflows are still to be found.
 */
export async function nudgeEnded(
  request: WatchRequest,
  unmapped: readonly Unmapped[],
  steadyMs: number,
): Promise<readonly Unmapped[]> {
  const due = dueOf(unmapped, steadyMs);
  let left = unmapped;
  for (let at = 0; at < due.length; at += IDS_AT_ONCE_MAX) {
    const jobIds = due.slice(at, at + IDS_AT_ONCE_MAX);
    try {
      left = stillUnmapped(left, await nudgeSome(request, jobIds), steadyMs);
    } catch (error) {
      log.warn('The workflows of jobs that have ended could not be asked for; it will be tried again', { error });
      return stillUnmapped(left, new Map(jobIds.map(({ jobId }) => [jobId, NOT_ASKED])), steadyMs);
    }
  }
  return left;
}

/** @returns the outcome by job id. @throws what Temporal answers to the query for the workflows. */
async function nudgeSome(request: WatchRequest, due: readonly Unmapped[]): Promise<Map<string, AskedFor>> {
  const found = await workflowsOf(
    request,
    due.map(({ jobId }) => jobId),
  );
  // The same workflow id may belong to another job later, and is then nudged for that one, too.
  const wanted = due.map(({ jobId, nudged = [] }) => {
    const own = found.filter((one) => one.jobId === jobId);
    const open = own.filter(({ isOpen }) => isOpen).map(({ workflowId }) => workflowId);
    return { jobId, isMapped: own.some(isCreator), news: open.filter((id) => !nudged.includes(id)) };
  });
  const missed = new Set(await nudge([...new Set(wanted.flatMap(({ news }) => news))]));
  const asked = wanted.map(({ jobId, isMapped, news }): [string, AskedFor] => {
    const nudged = news.filter((workflowId) => !missed.has(workflowId));
    return [jobId, { isMapped, nudged, isRefused: news.some((workflowId) => missed.has(workflowId)) }];
  });
  return new Map(asked);
}
