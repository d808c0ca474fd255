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
 * All that a workflow knows of its job, as plain data. Continue-as-new hands on the whole state, so nothing is lost: no
 * nudge, no budget, not the age of an outage. The object changes in place, so everyone who holds it sees the present
 * state. Only the functions in `life` write it, one for each thing that can happen.
 */
export interface LifeState extends Asking, LeftRun {
  /**
   * Workflow attempts, by the author's retry policy, that earlier runs used up; see `src/workflows/continue-as-new.ts`.
   */
  readonly attemptsBefore: number;
  /** The workflow RunId that the fence is made of; the same in all runs of one chain. */
  readonly fenceSeed: string;
  /** Number of the creation, from 1; higher only if a job that cannot be found is to be created anew. */
  readonly attempt: number;
  readonly plan?: Readonly<RunPlan>;
  readonly created?: Readonly<CreatedJob>;
  readonly snapshot: Readonly<JobSnapshot>;
  readonly statusesSeen: readonly StatusSeen[];
  /** When a read last showed the job, by the clock of the wait; absent while only the creation was answered. */
  readonly readAtMs?: number;
  readonly clock: Readonly<PhaseClock>;
  readonly budgets: Readonly<Budgets>;
  /** Run ids that the job was seen with: Keboola may change the run id, and children may lie below any of them. */
  readonly runIds: readonly string[];
  /** Present once foreign jobs were looked for, if the author wants them minded. */
  readonly foreignJobs?: ForeignJobsState;
  /** Run ids of creations whose job may appear late, or run beside the job that is waited for. */
  readonly givenUp: readonly string[];
  /** How often Keboola itself reported that it failed on a creation, and certainly made no job. */
  readonly postsInVain?: number;
  /** How earlier runs of the configuration went, if that was asked for. */
  readonly history?: Readonly<RunHistory>;
  /** Somebody asked for a look now, and none has been taken yet. */
  readonly nudged: boolean;
  /** According to the worker's latest answer, a watcher will report the end of the job. */
  readonly watched?: true;
  /** The end was reported, relied on or not. If the job goes on, its end will not be reported again. */
  readonly nudgedInVain?: true;
  /** The pause before the next read is over: that read comes first in the next run. */
  readonly readIsDue?: true;
  /** The jobs below it, as far as they are known. */
  readonly descendants: DescendantsState;
  /** The progress of a Storage call that had to be prepared first. */
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

/** A platform that loses job after job must not be fed forever. */
export const CREATIONS_MAX = 5;

/** Whether a job that cannot be found, or that nothing picks up, may be created anew. */
export function mayRecreate({ plan, attempt }: LifeState): boolean {
  return plan?.onAmbiguousCreate === 'recreate' && attempt < CREATIONS_MAX;
}

/** Whether a job that nothing picked up, and that was stopped before it ran, may be replaced by a new one. */
export function mayBeReplaced(state: LifeState, end: JobView, why: WaitEnd): boolean {
  return why.kind === 'ghost' && end.status === 'cancelled' && mayRecreate(state);
}

/** The answer for callers that wait for the job to exist; undefined until it does. */
export function createdAnswer({ created, snapshot }: LifeState): CreatedAnswer | undefined {
  if (!created) return undefined;
  const runId = knownRunId(snapshot.job?.runId ?? '');
  return { jobId: created.jobId, ...(runId !== undefined && { runId }) };
}
