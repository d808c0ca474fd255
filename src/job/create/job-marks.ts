import type { CreatedJob } from './creation.js';
import { CREATIONS_MAX } from '../life-state.js';
import { fencesUpTo } from './fence.js';
import type { JobView } from '../job-view.js';
import { liesBelowSentRunId } from './recognition.js';
import { runIdSegments } from '../run-id.js';
import type { RunPlan } from '../run-plan.js';
import { cut } from '../text/well-formed.js';

/** The marks that tell the job that we watch from another job with the same id. */
export interface JobMarks {
  /** For a job of ours: one of these is a segment of its run id. */
  fences?: readonly string[];
  /** For a job made by a component's own call: the run id in the answer to that call, which may ignore the one sent. */
  answeredRunId?: string;
  /** For a job that we attached to, or that carries nothing of ours. */
  component?: string;
}

/** The part of a plan that says how its job is created. */
type Origin = Pick<RunPlan, 'component' | 'made' | 'onAmbiguousCreate'>;

interface Creations {
  fenceSeed: string;
  attempt: number;
  created?: CreatedJob;
}

/** The marks that each job of a workflow must show. A created job may come from any creation of the workflow. */
export function marksOf(plan: Origin, { fenceSeed, attempt, created }: Creations): JobMarks {
  const { made, component } = plan;
  if (!liesBelowSentRunId(plan)) return component === '' ? {} : { component };
  // A run before a reset may have got further than this one.
  const fences = fencesUpTo(fenceSeed, plan.onAmbiguousCreate === 'recreate' ? CREATIONS_MAX : attempt);
  const answeredRunId = made.by === 'call' ? created?.runId : undefined;
  return { fences, ...(answeredRunId !== undefined && { answeredRunId }) };
}

/**
 * Why a job is not ours, if it is not. Job ids are unique, but a sandbox that has started anew, or a URL that leads to
 * another stack, answers with jobs of strangers.
 *
 * A run id may change and may be empty at first. A field that the document does not show rules nothing out.
 *
 * @returns a text for people, or undefined.
 */
export function strangeness(view: JobView, { fences, answeredRunId, component }: JobMarks): string | undefined {
  const { jobId, runId } = view;
  const isAnswered = runId === '' || runId === answeredRunId;
  if (fences && !isAnswered && !runIdSegments(runId).some((segment) => fences.includes(segment))) {
    return `job ${jobId} is a different job: its run id "${cut(runId, 100)}" does not contain the one we sent`;
  }
  if (component !== undefined && view.component !== '' && view.component !== component) {
    return `job ${jobId} is a different job: its component is ${cut(view.component, 100)}, not ${component}`;
  }
  return undefined;
}
