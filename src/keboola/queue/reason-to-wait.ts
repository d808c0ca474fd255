import type { JobView } from '../../job/job-view.js';
import { isBelow, parentRunId } from '../../job/run-id.js';
import { record } from '../../job/text/document-fields.js';
import type { WaitReason } from '../../job/wait/wait-reason.js';
import { utcTime } from '../http/keboola-time.js';
import type { JobLists } from './search/job-lists.js';
import { searchQuery } from './search/search-query.js';

/** A job locks its configuration while it has one of these statuses. */
const HOLDING = ['processing', 'terminating'];
/** Enough to include the holder, since the jobs of its rows are newer and listed before it. */
const HOLDING_MAX = 100;

/** A waiting job as it was read, and when, by Keboola's clock in epoch milliseconds. */
interface Waiting {
  view: JobView;
  document: unknown;
  readAtMs: number;
}

/**
 * Why a job does not start: its start time has not come, or another job of its configuration runs, of which only one
 * runs at a time. Seeing no reason proves nothing here: Keboola queues every job that it has written.
 */
export async function reasonToWait(
  lists: JobLists,
  { view: waiting, document, readAtMs }: Waiting,
): Promise<WaitReason | undefined> {
  const startsAt = utcTime(record(document)?.['delayedStartTime']);
  if (startsAt !== undefined && Date.parse(startsAt) > readAtMs) return { kind: 'delayed', startsAt };
  const { component, config } = waiting;
  if (config === undefined) return undefined;
  const ofConfig = { component, config };
  const { views, count } = await lists.search(searchQuery({ ofConfig, statuses: HOLDING, limit: HOLDING_MAX }));
  const holding = views.filter((view) => isHolding(view, ofConfig));
  // The job of which it is a part is older than the other parts, so a full list may lack it.
  const isPart = count >= HOLDING_MAX || holding.some(({ runId }) => isBelow(waiting.runId, runId));
  const holders = holding.filter((view) => !isOfOneWhole(view, waiting, isPart));
  const holder = holders.find(({ runId }) => !holders.some((other) => isBelow(runId, other.runId)));
  return holder && { kind: 'lock', jobId: holder.jobId };
}

/** Compares each row, since filters may be ignored. */
function isHolding({ component, config, status }: JobView, wanted: { component: string; config: string }): boolean {
  return component === wanted.component && config === wanted.config && HOLDING.includes(status);
}

/**
 * A job's rows share its configuration, and a flow's phases share the flow's. None of them waits for the lock of the
 * job of which it is a part, or of its other parts. A flow's tasks, and two jobs of one creation, are siblings as well,
 * but do wait for each other.
 */
function isOfOneWhole(other: JobView, waiting: JobView, isPart: boolean): boolean {
  if (other.jobId === waiting.jobId || isBelow(waiting.runId, other.runId)) return true;
  return isPart && isBelow(other.runId, parentRunId(waiting.runId) ?? waiting.runId);
}
