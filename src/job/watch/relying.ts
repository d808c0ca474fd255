import { isOurOwn } from './own-row.js';
import { FIRST_READ_MS } from './stretch.js';
import { COUNTED_MAX } from './tick.js';

/** The types of workflows that create jobs of components; others attach themselves, and look by themselves. */
export const CREATORS: readonly string[] = ['runJob', 'runAsyncAction'];
/** Temporal's lists show a moment later what the first read has shown. */
const NOT_READ_MS = FIRST_READ_MS + 5_000;

/** For one job alone a list and a canary cost Keboola more than the reads that they stand in for. */
export const RELYING_MIN = 2;
/** The last ones of many end soon, most likely, and nobody is to be woken for a moment in which few are left. */
const LINGER_MS = 60_000;

/** What Temporal's lists show of a workflow that has a job. */
export interface ShownJob {
  workflowType: string;
  /** Empty where it is not shown: it is so only with a change of status. */
  runId: string;
  status: string;
  /** Temporal's clock. */
  startMs: number;
}

/** Whether a workflow is one that creates its job. */
export function isCreator({ workflowType }: Pick<ShownJob, 'workflowType'>): boolean {
  return CREATORS.includes(workflowType);
}

/** Whether a workflow has created its job, as far as that is shown, so that a watcher tells it of the end. */
export function isTold(one: Pick<ShownJob, 'workflowType' | 'runId'>): boolean {
  return isCreator(one) && (one.runId === '' || isOurOwn(one.runId));
}

/**
 * How long the jobs have been there that may rely on a watcher, as far as that is shown; see `mayRely`. One that waits for
 * its start or is being stopped is read by the plain schedule.
 *
 * @param shown the youngest of those that create jobs, {@link COUNTED_MAX} at most.
 * @param nowMs Temporal's clock.
 */
export function relyingAgesMs(shown: readonly ShownJob[], nowMs: number): number[] {
  const ageMs = ({ startMs }: ShownJob): number => Math.max(0, nowMs - startMs);
  const relying = shown.filter((one) => isTold(one) && (one.status === 'processing' || ageMs(one) < NOT_READ_MS));
  // What goes on beyond them is not known: the older ones may all rely on it.
  const counted = shown.length >= COUNTED_MAX ? shown : relying;
  return counted.map(ageMs);
}

/** Whether a project is worth a list; `enoughMs` is when there were enough jobs last, of the same clock. */
export function isWorthIt(enoughMs: number, nowMs: number): boolean {
  return nowMs - enoughMs < LINGER_MS;
}
