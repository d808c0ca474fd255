import type { Budgets } from './wait/budgets.js';
import type { CreatedJob } from './create/creation.js';
import type { ForeignJobsState } from './create/foreign-jobs.js';
import type { StatusSeen } from './describe.js';
import type { JobView } from './job-view.js';
import type { Asking } from './life/silence.js';
import type { LeftRun } from './life/leave-run.js';
import type { CreatedAnswer, JobSnapshot } from './messages.js';
import { startPhaseClock, type PhaseClock } from './wait/phase-clock.js';
import type { WaitEnd } from './wait/verdict.js';
import type { RunHistory } from './wait/poll-schedule.js';
import { knownRunId } from './run-id.js';
import type { RunPlan } from './run-plan.js';
import type { SearchAttributeAnswer, SearchAttributeValues } from './search-attributes.js';
import { newDescendantsState, type DescendantsState } from './tree/descendants-state.js';
import type { StorageProgress } from './storage/calls.js';

/**
 * All that a workflow knows of its job, as plain data: it is handed on whole when a long wait goes on in a new run, so
 * that nothing is lost there, neither a nudge nor a budget nor the age of a silence. It changes in place, so that whoever
 * holds it sees the present; only the functions in `life` write it, one for each thing that can happen.
 */
export interface LifeState extends Asking, LeftRun {
  /** Attempts of the workflow, by a retry policy of its author's, that runs before have used up; see `src/workflows/continue-as-new.ts`. */
  readonly attemptsBefore: number;
  /** The run id that the fence is made of; the same in all runs of one chain. */
  readonly fenceSeed: string;
  /** Of the creation. Counts from 1; more only where a job that cannot be found is to be created anew. */
  readonly attempt: number;
  readonly plan?: Readonly<RunPlan>;
  readonly created?: Readonly<CreatedJob>;
  readonly snapshot: Readonly<JobSnapshot>;
  readonly statusesSeen: readonly StatusSeen[];
  /** When a read has shown the job last, by the clock of the wait; absent as long as only the creation was answered. */
  readonly readAtMs?: number;
  readonly clock: Readonly<PhaseClock>;
  readonly budgets: Readonly<Budgets>;
  /** Run ids that the job was seen with: Keboola may change it, and children hang on each. */
  readonly runIds: readonly string[];
  /** Where the author wants jobs of somebody else minded, and they were looked for. */
  readonly foreignJobs?: ForeignJobsState;
  /** Run ids of creations of which a job may come late or run beside the one that is waited for. */
  readonly givenUp: readonly string[];
  /** How often Keboola has failed over a creation, as it said itself, and has made no job for certain. */
  readonly postsInVain?: number;
  /** How earlier runs of the configuration went, where it was asked for. */
  readonly history?: Readonly<RunHistory>;
  /** Somebody asked to look now, and nobody has looked yet. */
  readonly nudged: boolean;
  /** The latest answer of a worker says that the end of the job will be told. */
  readonly watched?: true;
  /** Somebody has told of the end, be it relied on or not: if the job goes on, its end will not be told again. */
  readonly nudgedInVain?: true;
  /** The jobs below it, as far as they are known. */
  readonly descendants: DescendantsState;
  /** Of a call of Storage that had to be prepared first. */
  readonly storage?: Readonly<StorageProgress>;
  /** What the search attributes hold. */
  readonly published: Readonly<SearchAttributeValues>;
  /** Whether search attributes may be written. */
  readonly searchAttributes?: Readonly<SearchAttributeAnswer>;
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

/** Whether a job that is nowhere to be found, or that nothing takes up, may be created anew. */
export function mayRecreate({ plan, attempt }: LifeState): boolean {
  return plan?.onAmbiguousCreate === 'recreate' && attempt < CREATIONS_MAX;
}

/** Whether another job may be created in place of one that nothing has taken up, and that was stopped before it ran. */
export function mayBeReplaced(state: LifeState, end: JobView, why: WaitEnd): boolean {
  return why.kind === 'ghost' && end.status === 'cancelled' && mayRecreate(state);
}

/** What is told to whoever waits for the job to exist; undefined until it does. */
export function createdAnswer({ created, snapshot }: LifeState): CreatedAnswer | undefined {
  if (!created) return undefined;
  const runId = knownRunId(snapshot.job?.runId ?? '');
  return { jobId: created.jobId, ...(runId !== undefined && { runId }) };
}
