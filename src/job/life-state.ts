import { startSeen, type Budgets } from './wait/budgets.js';
import type { CreatedJob } from './create/creation.js';
import type { ForeignJobsState } from './create/foreign-jobs.js';
import { mustLieBelowSentRunId } from './create/recognition.js';
import type { StatusSeen } from './describe.js';
import { linksTo } from './job-page.js';
import type { JobView } from './job-view.js';
import type { CreatedAnswer, JobSnapshot } from './messages.js';
import type { Outage } from './wait/outage.js';
import { clockAfterRead, startPhaseClock, type PhaseClock } from './wait/phase-clock.js';
import { finality, type Finality } from './wait/status.js';
import { withTimeouts, type Timeouts } from './wait/timeouts.js';
import type { WaitEnd } from './wait/verdict.js';
import type { RunHistory } from './wait/poll-schedule.js';
import type { JobReading } from './remote-steps.js';
import { isBelow } from './run-id.js';
import type { RunPlan } from './run-plan.js';
import type { SearchAttributeAnswer, SearchAttributeValues } from './search-attributes.js';
import { newDescendantsState, type DescendantsState } from './tree/descendants-state.js';
import type { StorageProgress } from './storage/calls.js';

/**
 * All that a workflow knows of its job, as plain data: it is handed on whole when a long wait goes on in a new run, so
 * that nothing is lost there, neither a nudge nor a budget nor the age of a silence.
 */
export interface LifeState {
  /** Attempts of the workflow, by a retry policy of its author's, that runs before have used up; see `src/workflows/continue-as-new.ts`. */
  attemptsBefore: number;
  /** The run id that the fence is made of; the same in all runs of one chain. */
  fenceSeed: string;
  /** Of the creation. Counts from 1; more only where a job that cannot be found is to be created anew. */
  attempt: number;
  /** A run of the chain came of a reset, so that the run which was given up may have sent a creation. */
  wasReset?: true;
  plan?: RunPlan;
  created?: CreatedJob;
  snapshot: JobSnapshot;
  statusesSeen: StatusSeen[];
  /** When a read has shown the job last, by the clock of the wait; absent as long as only the creation was answered. */
  readAtMs?: number;
  clock: PhaseClock;
  budgets: Budgets;
  /** Run ids that the job was seen with: Keboola may change it, and children hang on each. */
  runIds: string[];
  /** Where the author wants jobs of somebody else minded, and they were looked for. */
  foreignJobs?: ForeignJobsState;
  /** Run ids of creations of which a job may come late or run beside the one that is waited for. */
  givenUp: string[];
  /** How often Keboola has failed over a creation, as it said itself, and has made no job for certain. */
  postsInVain?: number;
  /** How earlier runs of the configuration went, where it was asked for. */
  history?: RunHistory;
  /** The silence that lasts at present. */
  outage?: Outage;
  /** Somebody asked to look now, and nobody has looked yet. */
  nudged: boolean;
  /** The latest answer of a worker says that the end of the job will be told. */
  watched?: true;
  /** Somebody has told of the end, be it relied on or not: if the job goes on, its end will not be told again. */
  nudgedInVain?: true;
  /** The jobs below it, as far as they are known. */
  descendants: DescendantsState;
  /** Of a call of Storage that had to be prepared first. */
  storage?: StorageProgress;
  /** What the search attributes hold. */
  published: SearchAttributeValues;
  /** When the run before has ended by the clock of its waits, epoch milliseconds. */
  leftAtMs?: number;
  /** Whether search attributes may be written. */
  searchAttributes?: SearchAttributeAnswer;
}

export function newLifeState(fenceSeed: string, nowMs: number): LifeState {
  return {
    attemptsBefore: 0,
    fenceSeed,
    attempt: 1,
    snapshot: { stage: 'preparing', polls: 0 },
    statusesSeen: [],
    clock: startPhaseClock(nowMs),
    budgets: { queuedSinceMs: nowMs },
    runIds: [],
    givenUp: [],
    nudged: false,
    descendants: newDescendantsState(),
    published: {},
  };
}

/** A platform that loses job after job is not to be fed for ever. */
export const CREATIONS_MAX = 5;

/** Takes in the plan, and the limits that were changed before there was one. */
export function takePlan(
  state: LifeState,
  plan: RunPlan,
  { nowMs, changed }: { nowMs: number; changed: Timeouts },
): void {
  const { mayStartAtMs, queueTimeoutMs, runTimeoutMs } = plan;
  state.plan = plan;
  state.snapshot.connection = plan.connection;
  const budgets = {
    queuedSinceMs: nowMs,
    ...(mayStartAtMs !== undefined && { mayStartAtMs }),
    ...(queueTimeoutMs !== undefined && { queueTimeoutMs }),
    ...(runTimeoutMs !== undefined && { runTimeoutMs }),
  };
  state.budgets = withTimeouts(budgets, changed);
}

/** The job of this creation cannot be found, and another one is to take its place; it may come late. */
export function giveUp(state: LifeState, sentRunId: string): void {
  expectAnother(state, sentRunId);
  nextAttempt(state);
}

/** This creation has made no job for certain, and is sent again as it was; a job of it that comes all the same is a second one. */
export function postInVain(state: LifeState, sentRunId: string, keboolaFailed: boolean): void {
  expectAnother(state, sentRunId);
  if (keboolaFailed) state.postsInVain = (state.postsInVain ?? 0) + 1;
}

/** Beside the job that is waited for, this creation has made another one or may have; it is looked for and stopped. */
export function expectAnother({ givenUp }: LifeState, sentRunId: string): void {
  if (!givenUp.includes(sentRunId)) givenUp.push(sentRunId);
}

/** The job came to nothing without having run, and another one takes its place. */
export function forgetJob(state: LifeState): void {
  delete state.created;
  delete state.snapshot.job;
  delete state.snapshot.url;
  delete state.snapshot.page;
  nextAttempt(state);
}

function nextAttempt(state: LifeState): void {
  state.attempt += 1;
  delete state.postsInVain;
}

/** Whether a job that is nowhere to be found, or that nothing takes up, may be created anew. */
export function mayRecreate({ plan, attempt }: LifeState): boolean {
  return plan?.onAmbiguousCreate === 'recreate' && attempt < CREATIONS_MAX;
}

/** Whether another job may be created in place of one that nothing has taken up, and that was stopped before it ran. */
export function mayBeReplaced(state: LifeState, end: JobView, why: WaitEnd): boolean {
  return why.kind === 'ghost' && end.status === 'cancelled' && mayRecreate(state);
}

/** Takes in what a read showed, and says whether it was the last one. */
export function takeReading(
  state: LifeState,
  { view, serverTime, watched, history }: Extract<JobReading, { kind: 'read' }>,
  nowMs: number,
): Finality {
  delete state.outage;
  if (history) state.history = history;
  takeWatched(state, watched);
  const start = { startTime: view.startTime, serverTime };
  state.budgets = startSeen(state.budgets, start, { nowMs, notBeforeMs: state.clock.lastLookMs });
  state.clock = clockAfterRead(state.clock, { status: view.status, ...start }, nowMs);
  if (view.status !== state.snapshot.job?.status) addStatusSeen(state, view.status, nowMs);
  addRunId(state, view.runId);
  state.snapshot.job = view;
  state.readAtMs = nowMs;
  return finality(view.status, view.isFinished);
}

/** Takes in what an answer says of the watcher. */
function takeWatched(state: LifeState, watched: true | undefined): void {
  if (watched) state.watched = true;
  else delete state.watched;
}

/**
 * Takes in that a job of somebody else is followed: as one that was attached to it goes on when the workflow is cancelled,
 * and is not stopped by the limits that the author has set for a job of his own.
 */
export function takeForeign(state: LifeState, plan: RunPlan, job: CreatedJob, nowMs: number): void {
  // What was said of our input says nothing of a job that was started with another one.
  const { warnings, delayMs, mayStartAtMs, ...others } = plan;
  const attached: RunPlan = { ...others, attached: true, onCancel: 'leave' };
  state.plan = attached;
  state.budgets = { queuedSinceMs: state.budgets.queuedSinceMs };
  takeCreated(state, attached, { job, sentRunId: '' }, nowMs);
}

/** A run before a reset may have created the job in another way than is planned now, so that it carries no run id of ours. */
export function planOfFound(plan: RunPlan, { adopted, runId = '' }: CreatedJob, sentRunId: string): RunPlan {
  if (!mustLieBelowSentRunId(plan)) return plan;
  const isFenced = runId === '' || sentRunId === '' || isBelow(runId, sentRunId);
  return !adopted || isFenced ? plan : { ...plan, unfenced: true };
}

/** Takes in that the job exists; `sentRunId` is empty where it was not we who created it. */
export function takeCreated(
  state: LifeState,
  plan: RunPlan,
  { job, sentRunId, watched }: { job: CreatedJob; sentRunId: string; watched?: true | undefined },
  nowMs: number,
): void {
  const { jobId, runId = '', status } = job;
  const { component, config, delayMs } = plan;
  state.created = job;
  // What was waited until now has counted, and goes on to count behind the delay.
  if (delayMs !== undefined) state.budgets.mayStartAtMs = state.budgets.queuedSinceMs + delayMs;
  delete state.readAtMs;
  // Whatever was told until now was not told of this job.
  state.nudged = false;
  delete state.nudgedInVain;
  takeWatched(state, watched);
  state.snapshot.job = { jobId, runId, status, component, ...(config !== undefined && { config }) };
  Object.assign(state.snapshot, linksTo(plan, job));
  // One that was found may have started at any time since we set out to create it.
  state.clock = startPhaseClock(nowMs, job.adopted ? state.budgets.queuedSinceMs : nowMs);
  state.runIds = [sentRunId, runId].filter((one) => one !== '');
  delete state.outage;
  addStatusSeen(state, status, nowMs);
}

const STATUSES_SEEN_MAX = 20;
const RUN_IDS_MAX = 20;

/** Keeps a status that was seen for the first time; of too many the first one and the last ones stay. */
export function addStatusSeen({ statusesSeen }: LifeState, status: string, nowMs: number): void {
  statusesSeen.push({ status, time: new Date(nowMs).toISOString() });
  if (statusesSeen.length > STATUSES_SEEN_MAX) statusesSeen.splice(1, 1);
}

/** Keeps a run id that the job was seen with: its children hang on each. */
export function addRunId({ runIds }: LifeState, runId: string): void {
  if (runId !== '' && !runIds.includes(runId) && runIds.length < RUN_IDS_MAX) runIds.push(runId);
}

/** What is told to whoever waits for the job to exist; undefined until it does. */
export function createdAnswer({ created, snapshot }: LifeState): CreatedAnswer | undefined {
  if (!created) return undefined;
  const runId = snapshot.job?.runId ?? '';
  return { jobId: created.jobId, ...(runId !== '' && { runId }) };
}
