import type { CreatedJob } from '../create/creation.js';
import { liesBelowSentRunId, mustLieBelowSentRunId } from '../create/recognition.js';
import { linksTo } from '../job-page.js';
import type { LifeState } from '../life-state.js';
import type { JobSnapshot } from '../messages.js';
import { isBelow } from '../run-id.js';
import type { RunPlan } from '../run-plan.js';
import { startPhaseClock } from '../wait/phase-clock.js';
import { silenceIsOver } from './silence.js';
import { addStatusSeen, takeWatched } from './take-reading.js';
import type { Writable } from './writable.js';

/** A job that exists from now on. */
interface NewJob {
  job: CreatedJob;
  /** The run id that we sent; undefined if we did not create the job. */
  sentRunId?: string | undefined;
  /** A watcher will report its end. */
  watched?: true | undefined;
}

/** Takes in that the job exists. */
export function takeCreated(state: Writable<LifeState>, plan: RunPlan, one: NewJob, nowMs: number): void {
  const { job, sentRunId } = one;
  const known = planOfFound(plan, job, sentRunId);
  state.plan = known;
  // The time waited until now stays counted, and the count goes on after the delay.
  const { delayMs } = known;
  const { budgets } = state;
  if (delayMs !== undefined) state.budgets = { ...budgets, mayStartAtMs: budgets.queuedSinceMs + delayMs };
  follow(state, known, { ...one, sentRunId: liesBelowSentRunId(known) ? sentRunId : undefined }, nowMs);
}

/**
 * Takes in that a foreign job is followed. Like a job that we attached to, it goes on when the workflow is cancelled,
 * and the limits that the author set for a job of their own do not stop it.
 */
export function takeForeign(state: Writable<LifeState>, plan: RunPlan, job: CreatedJob, nowMs: number): void {
  // These fields follow from our input, but the foreign job was started with another one.
  const { warnings, delayMs, mayStartAtMs, ...others } = plan;
  const attached: RunPlan = { ...others, made: { by: 'others' }, onCancel: 'leave' };
  state.plan = attached;
  state.budgets = { queuedSinceMs: state.budgets.queuedSinceMs };
  follow(state, attached, { job }, nowMs);
}

/** A run before a reset may have created the job in another way than planned now, so it may carry no run id of ours. */
function planOfFound(plan: RunPlan, { found, runId }: CreatedJob, sentRunId: string | undefined): RunPlan {
  if (!found || runId === undefined || sentRunId === undefined || !mustLieBelowSentRunId(plan)) return plan;
  return isBelow(runId, sentRunId) ? plan : { ...plan, made: { by: 'run', fence: 'none' } };
}

/** From now on this job is waited for. */
function follow(state: Writable<LifeState>, plan: RunPlan, { job, sentRunId, watched }: NewJob, nowMs: number): void {
  const { jobId, runId, status } = job;
  const { component, config } = plan;
  const snapshot: Writable<JobSnapshot> = state.snapshot;
  state.created = job;
  delete state.readAtMs;
  // Earlier nudges and reports were not about this job.
  state.nudged = false;
  delete state.nudgedInVain;
  takeWatched(state, watched);
  snapshot.job = { jobId, runId: runId ?? '', status, component, ...(config !== undefined && { config }) };
  Object.assign(snapshot, linksTo(plan, job));
  // A job that was found may have started at any time since we set out to create it.
  state.clock = startPhaseClock(nowMs, job.found ? state.budgets.queuedSinceMs : nowMs);
  state.runIds = [sentRunId, runId].filter((one) => one !== undefined);
  silenceIsOver(state);
  addStatusSeen(state, status, nowMs);
}
