import type { CreatedJob } from '../create/creation.js';
import { liesBelowSentRunId, mustLieBelowSentRunId } from '../create/recognition.js';
import { linksTo } from '../job-page.js';
import type { LifeState } from '../life-state.js';
import type { JobSnapshot } from '../messages.js';
import { isBelow } from '../run-id.js';
import type { RunPlan } from '../run-plan.js';
import { startPhaseClock } from '../wait/phase-clock.js';
import { addStatusSeen, takeWatched } from './take-reading.js';
import type { Writable } from './writable.js';

/** A job that exists from now on. */
interface NewJob {
  job: CreatedJob;
  /** Which we have sent; undefined where it was not we who have created it. */
  sentRunId?: string | undefined;
  /** Its end will be told. */
  watched?: true | undefined;
}

/** Takes in that the job exists. */
export function takeCreated(state: Writable<LifeState>, plan: RunPlan, one: NewJob, nowMs: number): void {
  const { job, sentRunId } = one;
  const known = planOfFound(plan, job, sentRunId);
  state.plan = known;
  // What was waited until now has counted, and goes on to count behind the delay.
  const { delayMs } = known;
  const { budgets } = state;
  if (delayMs !== undefined) state.budgets = { ...budgets, mayStartAtMs: budgets.queuedSinceMs + delayMs };
  follow(state, known, { ...one, sentRunId: liesBelowSentRunId(known) ? sentRunId : undefined }, nowMs);
}

/**
 * Takes in that a job of somebody else is followed: as one that was attached to it goes on when the workflow is cancelled,
 * and is not stopped by the limits that the author has set for a job of his own.
 */
export function takeForeign(state: Writable<LifeState>, plan: RunPlan, job: CreatedJob, nowMs: number): void {
  // What was said of our input says nothing of a job that was started with another one.
  const { warnings, delayMs, mayStartAtMs, ...others } = plan;
  const attached: RunPlan = { ...others, made: { by: 'others' }, onCancel: 'leave' };
  state.plan = attached;
  state.budgets = { queuedSinceMs: state.budgets.queuedSinceMs };
  follow(state, attached, { job }, nowMs);
}

/** A run before a reset may have created the job in another way than is planned now, so that it carries no run id of ours. */
function planOfFound(plan: RunPlan, { found, runId }: CreatedJob, sentRunId: string | undefined): RunPlan {
  if (!found || runId === undefined || sentRunId === undefined || !mustLieBelowSentRunId(plan)) return plan;
  return isBelow(runId, sentRunId) ? plan : { ...plan, made: { by: 'run', fence: 'none' } };
}

/** From now on it is this job that is waited for. */
function follow(state: Writable<LifeState>, plan: RunPlan, { job, sentRunId, watched }: NewJob, nowMs: number): void {
  const { jobId, runId, status } = job;
  const { component, config } = plan;
  const snapshot: Writable<JobSnapshot> = state.snapshot;
  state.created = job;
  delete state.readAtMs;
  // Whatever was told until now was not told of this job.
  state.nudged = false;
  delete state.nudgedInVain;
  takeWatched(state, watched);
  snapshot.job = { jobId, runId: runId ?? '', status, component, ...(config !== undefined && { config }) };
  Object.assign(snapshot, linksTo(plan, job));
  // One that was found may have started at any time since we set out to create it.
  state.clock = startPhaseClock(nowMs, job.found ? state.budgets.queuedSinceMs : nowMs);
  state.runIds = [sentRunId, runId].filter((one) => one !== undefined);
  delete state.outage;
  addStatusSeen(state, status, nowMs);
}
