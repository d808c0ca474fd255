import { ApplicationFailure, makeContinueAsNewFunc, workflowInfo, type TemporalFailure } from '@temporalio/workflow';
import type { Guard } from '../job/guard/guards.js';
import type { CarriedAttributes } from './show/carried-attributes.js';
import { failure } from './failures.js';

/** Below the 4,096 events at which Temporal suggests it, because a suggestion comes one step late. */
const HISTORY_EVENTS_MAX = 3_900;

/** Part of every state that is carried on. */
export interface Attempts {
  /**
   * Attempts of a retry policy that the runs before have used up. Temporal counts them from 1 in each run, so that a wait
   * which goes on in a new run would have them all anew.
   */
  readonly attemptsBefore: number;
}

/** What a run knows from the ones before. */
export interface TakenOver<State> extends Attempts {
  state?: State;
  /** The state is none of ours, and why. */
  problem?: string;
}

/**
 * Takes over the state of the run before. Whoever may start workflows can make one that goes on as ours with any state, so
 * it is checked like an input.
 *
 * A retry begins anew, although Temporal links it in the same way and gives it the input of the run that has failed, state
 * included: only the count of its attempts goes on. Forged, that can only take from one's own.
 */
export function takeOver<State extends Attempts>(carried: unknown, guard: Guard<State>): TakenOver<State> {
  const { attempt, continuedFromExecutionRunId } = workflowInfo();
  if (attempt > 1) return { attemptsBefore: attemptsIn(carried) };
  if (continuedFromExecutionRunId === undefined || carried === undefined || carried === null) {
    return { attemptsBefore: 0 };
  }
  const problem = guard(carried, '');
  if (problem !== undefined) return { attemptsBefore: 0, problem };
  const state = carried as State;
  return { state, attemptsBefore: state.attemptsBefore };
}

/** @throws ApplicationFailure `InvalidInput` where there is a problem with what was taken over. */
export function refuseState(problem: string | undefined): void {
  if (problem === undefined) return;
  throw failure('InvalidInput', `The state passed on by the previous run is not valid: ${problem}`);
}

/** Long waits outgrow a history; this is asked where nothing is under way, so that one goes on in a new run in time. */
export function isLong(life: { cancelled: boolean }): boolean {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return !life.cancelled && (historyLength > HISTORY_EVENTS_MAX || continueAsNewSuggested);
}

/** Goes on in a new run of the same workflow. Memo is lost unless it is handed on; search attributes stay, unless others are given. */
export async function continueInNewRun(input: unknown, state: Attempts, { kept }: CarriedAttributes): Promise<never> {
  type Same = (input: unknown, carried: object) => Promise<unknown>;
  const attemptsBefore = state.attemptsBefore + workflowInfo().attempt - 1;
  const options = { memo: workflowInfo().memo ?? {}, ...(kept && { typedSearchAttributes: kept }) };
  const again = makeContinueAsNewFunc<Same>(options);
  return await again(input, { ...state, attemptsBefore });
}

/** A failure as the workflow may close with it: where all attempts are used up, no retry may follow, whatever its type. */
export function asLastWord(failed: TemporalFailure, { attemptsBefore }: Attempts): TemporalFailure {
  const { attempt, retryPolicy } = workflowInfo();
  const attemptsMax = retryPolicy?.maximumAttempts ?? 0;
  // In the first of all runs Temporal's own count is right.
  const isLast = attemptsMax > 0 && attemptsBefore > 0 && attemptsBefore + attempt >= attemptsMax;
  if (!isLast || !(failed instanceof ApplicationFailure) || failed.nonRetryable) return failed;
  const { type, message, details, category } = failed;
  return ApplicationFailure.create({
    message,
    nonRetryable: true,
    ...(type != null && { type }),
    ...(details && { details }),
    ...(category && { category }),
  });
}

function attemptsIn(carried: unknown): number {
  if (typeof carried !== 'object' || carried === null) return 0;
  const { attemptsBefore } = carried as Partial<Record<keyof Attempts, unknown>>;
  return Number.isSafeInteger(attemptsBefore) && Number(attemptsBefore) > 0 ? Number(attemptsBefore) : 0;
}
