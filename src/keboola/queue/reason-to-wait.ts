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
  const { views } = await lists.search(searchQuery({ ofConfig, statuses: HOLDING, limit: HOLDING_MAX }));
  const holders = views.filter((view) => isHolding(view, ofConfig) && !isOfOneWhole(view, waiting));
  const holder = holders.find(({ runId }) => !holders.some((other) => isBelow(runId, other.runId)));
  return holder && { kind: 'lock', jobId: holder.jobId };
}

/** No filter is believed. */
function isHolding({ component, config, status }: JobView, wanted: { component: string; config: string }): boolean {
  return component === wanted.component && config === wanted.config && HOLDING.includes(status);
}

/**
 * The rows of a job have its configuration, and the phases of a flow have that of the flow: none of them waits for the lock
 * of what it is a part of, or of the other parts.
 */
function isOfOneWhole(other: JobView, waiting: JobView): boolean {
  if (other.jobId === waiting.jobId || isBelow(waiting.runId, other.runId)) return true;
  return isBelow(other.runId, parentRunId(waiting.runId) ?? waiting.runId);
}
