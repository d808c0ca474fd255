import type { CreatedJob } from './creation.js';
import { fencesUpTo } from './fence.js';
import type { JobView } from '../job-view.js';
import { liesBelowSentRunId } from './recognition.js';
import { runIdSegments } from '../run-id.js';
import type { RunPlan } from '../run-plan.js';

/** By what a job is known to be the one that we watch, and not another one that has its id. */
export interface JobMarks {
  /** Of a job of ours: one of these is a segment of its run id. */
  fences?: readonly string[];
  /** Of a job that a component's own call has made: the run id in the answer to that call, which may ignore the sent one. */
  answeredRunId?: string;
  /** Of a job that was attached to, or carries nothing of ours. */
  component?: string;
}

/** What of a plan says how its job comes about. */
type Origin = Pick<RunPlan, 'component' | 'made'>;

interface Creations {
  fenceSeed: string;
  attempt: number;
  created?: CreatedJob;
}

/** What each job of a workflow has to show; where one was created, any creation of the workflow may have made it. */
export function marksOf(plan: Origin, { fenceSeed, attempt, created }: Creations): JobMarks {
  const { made, component } = plan;
  if (!liesBelowSentRunId(plan)) return component === '' ? {} : { component };
  const fences = fencesUpTo(fenceSeed, attempt);
  const answeredRunId = made.by === 'call' ? created?.runId : undefined;
  return { fences, ...(answeredRunId !== undefined && { answeredRunId }) };
}

/**
 * What shows that a job is another one than ours. Ids are given out once, but a sandbox that has started anew, or an
 * address that leads to another stack, answers for strangers.
 *
 * A run id may change and may be empty at first; what a document does not show speaks against nothing.
 *
 * @returns a text for people, or undefined.
 */
export function strangeness(view: JobView, { fences, answeredRunId, component }: JobMarks): string | undefined {
  const { jobId, runId } = view;
  const isAnswered = runId === '' || runId === answeredRunId;
  if (fences && !isAnswered && !runIdSegments(runId).some((segment) => fences.includes(segment))) {
    return `job ${jobId} is another one: its run id "${runId.slice(0, 100)}" does not carry ours`;
  }
  if (component !== undefined && view.component !== '' && view.component !== component) {
    return `job ${jobId} is another one: it is of ${view.component.slice(0, 100)}, not of ${component}`;
  }
  return undefined;
}
