import type { JobView } from '../../job/job-view.js';
import { isBelow, parentRunId } from '../../job/run-id.js';
import { record } from '../../job/text/document-fields.js';
import type { WaitReason } from '../../job/wait/wait-reason.js';
import { utcTime } from '../http/keboola-time.js';
import type { JobLists } from './search/job-lists.js';
import { searchQuery } from './search/search-query.js';

/** A job holds its configuration while it is in one of these. */
const HOLDING = ['processing', 'terminating'];
/** The rows of a holder are listed before it, since they are newer. */
const HOLDING_MAX = 100;

/** One that waits: as it was read, and when by Keboola's clock, epoch milliseconds. */
interface Waiting {
  view: JobView;
  document: unknown;
  readAtMs: number;
}

/**
 * Why a job does not start: its time has not come, or another one of its configuration runs, of which one runs at a time.
 * That nothing of it is seen proves nothing here: Keboola queues all it has written.
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
  // What it is a part of is older than the other parts, so that a list which is full may lack it.
  const isPart = count >= HOLDING_MAX || holding.some(({ runId }) => isBelow(waiting.runId, runId));
  const holders = holding.filter((view) => !isOfOneWhole(view, waiting, isPart));
  const holder = holders.find(({ runId }) => !holders.some((other) => isBelow(runId, other.runId)));
  return holder && { kind: 'lock', jobId: holder.jobId };
}

/** No filter is believed. */
function isHolding({ component, config, status }: JobView, wanted: { component: string; config: string }): boolean {
  return component === wanted.component && config === wanted.config && HOLDING.includes(status);
}

/**
 * The rows of a job have its configuration, and the phases of a flow have that of the flow: none of them waits for the lock
 * of what it is a part of, or of the other parts. The tasks of a flow, and two jobs of one creation, lie beside each other,
 * too, and do.
 */
function isOfOneWhole(other: JobView, waiting: JobView, isPart: boolean): boolean {
  if (other.jobId === waiting.jobId || isBelow(waiting.runId, other.runId)) return true;
  return isPart && isBelow(other.runId, parentRunId(waiting.runId) ?? waiting.runId);
}
