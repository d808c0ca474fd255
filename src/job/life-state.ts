import type { Budgets } from './wait/budgets.js';
import type { CreatedJob } from './create/creation.js';
import type { StatusSighting } from './describe.js';
import { linksTo } from './job-page.js';
import type { CreatedAnswer, JobSnapshot } from './messages.js';
import type { Patience } from './wait/patience.js';
import { startPhaseClock, type PhaseClock } from './wait/phase-clock.js';
import type { RunHistory } from './wait/poll-schedule.js';
import type { RunPlan } from './run-plan.js';
import type { SearchAttributeAnswer, SearchAttributeValues } from './search-attributes.js';
import { newFamilyState, type FamilyState } from './tree/family-state.js';
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
  sightings: StatusSighting[];
  clock: PhaseClock;
  budgets: Budgets;
  /** Run ids that the job was seen with: Keboola may change it, and children hang on each. */
  runIds: string[];
  /** Run ids of creations that were given up, whose job may come late. */
  givenUp: string[];
  /** How earlier runs of the configuration went, where it was asked for. */
  history?: RunHistory;
  /** The silence that lasts at present. */
  patience?: Patience;
  /** Somebody asked to look now, and nobody has looked yet. */
  nudged: boolean;
  /** The jobs below it, as far as they are known. */
  family: FamilyState;
  /** Of a call of Storage that had to be prepared first. */
  storage?: StorageProgress;
  /** What the search attributes hold. */
  published: SearchAttributeValues;
  /** When the run before has ended by the clock of its waits, epoch milliseconds. */
  leftAtMs?: number;
  /** Whether they may be written. */
  searchAttributes?: SearchAttributeAnswer;
}

export function newLifeState(fenceSeed: string, nowMs: number): LifeState {
  return {
    attemptsBefore: 0,
    fenceSeed,
    attempt: 1,
    snapshot: { stage: 'preparing', polls: 0 },
    sightings: [],
    clock: startPhaseClock(nowMs),
    budgets: { queuedSinceMs: nowMs },
    runIds: [],
    givenUp: [],
    nudged: false,
    family: newFamilyState(),
    published: {},
  };
}

/** Takes in that the job exists; `sentRunId` is empty where it was not we who created it. */
export function takeCreated(
  state: LifeState,
  plan: RunPlan,
  { job, sentRunId }: { job: CreatedJob; sentRunId: string },
  nowMs: number,
): void {
  const { jobId, runId = '', status } = job;
  const { component, config } = plan;
  state.created = job;
  state.snapshot.job = { jobId, runId, status, component, ...(config !== undefined && { config }) };
  Object.assign(state.snapshot, linksTo(plan, job));
  // One that was found may have started at any time since we set out to create it.
  state.clock = startPhaseClock(nowMs, job.adopted ? state.budgets.queuedSinceMs : nowMs);
  state.runIds = [sentRunId, runId].filter((one) => one !== '');
  delete state.patience;
  addSighting(state, status, nowMs);
}

const SIGHTINGS_MAX = 20;
const RUN_IDS_MAX = 20;

/** Keeps a status that was seen for the first time; of too many the first one and the last ones stay. */
export function addSighting({ sightings }: LifeState, status: string, nowMs: number): void {
  sightings.push({ status, time: new Date(nowMs).toISOString() });
  if (sightings.length > SIGHTINGS_MAX) sightings.splice(1, 1);
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
