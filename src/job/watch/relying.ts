import { isOurOwn } from './own-row.js';
import { FIRST_READ_MS } from './stretch.js';
import { COUNTED_MAX } from './tick.js';

/** The workflow types that create component jobs. A workflow that attaches to a job reads it by itself. */
export const CREATORS: readonly string[] = ['runJob', 'runAsyncAction'];
/** Temporal's lists show what the first read has found a moment later. */
const NOT_READ_MS = FIRST_READ_MS + 5_000;

/** For a single job, a list and a canary cost Keboola more than the reads that they replace. */
export const RELYING_MIN = 2;
/** The last of many jobs will probably end soon, and no workflow should be woken because few are left for a moment. */
const LINGER_MS = 60_000;

/** What Temporal's lists show of a workflow that has a job. */
export interface ShownJob {
  workflowType: string;
  /** Empty if it is not shown: it appears only with a change of status. */
  runId: string;
  status: string;
  /** By Temporal's clock. */
  startMs: number;
}

/** Whether a workflow creates its job. */
export function isCreator({ workflowType }: Pick<ShownJob, 'workflowType'>): boolean {
  return CREATORS.includes(workflowType);
}

/** Whether a workflow has created its job, as far as the list shows, so that a watcher reports the end to it. */
export function isTold(one: Pick<ShownJob, 'workflowType' | 'runId'>): boolean {
  return isCreator(one) && (one.runId === '' || isOurOwn(one.runId));
}

/**
 * The ages of the jobs that may rely on a watcher, as far as the list shows; see `mayRely`. A job that waits for its
 * start or is being stopped is read by the plain schedule.
 *
 * @param shown the youngest workflows that create jobs, {@link COUNTED_MAX} at most.
 * @param nowMs Temporal's clock.
 */
export function relyingAgesMs(shown: readonly ShownJob[], nowMs: number): number[] {
  const ageMs = ({ startMs }: ShownJob): number => Math.max(0, nowMs - startMs);
  const relying = shown.filter((one) => isTold(one) && (one.status === 'processing' || ageMs(one) < NOT_READ_MS));
  // The list may go on beyond these, and all the older jobs may rely on the watcher.
  const counted = shown.length >= COUNTED_MAX ? shown : relying;
  return counted.map(ageMs);
}

/** Whether a project is worth a list; `enoughMs` is when there were last enough jobs, by the same clock. */
export function isWorthIt(enoughMs: number, nowMs: number): boolean {
  return nowMs - enoughMs < LINGER_MS;
}
