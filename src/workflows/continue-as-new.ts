import { ApplicationFailure, makeContinueAsNewFunc, workflowInfo, type TemporalFailure } from '@temporalio/workflow';
import type { Guard } from '../job/guard/guards.js';
import type { CarriedAttributes } from './show/carried-attributes.js';
import { failure } from './failures.js';

/** Below the 4,096 events at which Temporal suggests continue-as-new, because the suggestion comes one step late. */
const HISTORY_EVENTS_MAX = 3_900;

/** Part of every state that is handed on to the next run. */
export interface Attempts {
  /**
   * Attempts of the retry policy that earlier runs used up. Temporal counts attempts from 1 in each run, so without
   * this count all of them would be available again after each continue-as-new.
   */
  readonly attemptsBefore: number;
}

/** What a run takes over from the runs before. */
export interface TakenOver<State> extends Attempts {
  state?: State;
  /** Why the state cannot be one of ours. */
  problem?: string;
}

/**
 * Takes over the state of the previous run. Anyone who may start workflows can start one that seems to continue ours,
 * with any state, so the state is checked like an input.
 *
 * A retry starts anew, although Temporal links it in the same way and gives it the input of the failed run, state
 * included: it takes over only the attempt count. Forging that count can only cost the forger attempts.
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

/** @throws ApplicationFailure `InvalidInput` if there is a problem with the state taken over. */
export function refuseState(problem: string | undefined): void {
  if (problem === undefined) return;
  throw failure('InvalidInput', `The state passed on by the previous run is not valid: ${problem}`);
}

/**
 * Whether the history has grown long. Asked only while nothing is in progress, so that a long wait continues as new in
 * time.
 */
export function isLong(life: { cancelled: boolean }): boolean {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return !life.cancelled && (historyLength > HISTORY_EVENTS_MAX || continueAsNewSuggested);
}

/** Continues as new. The memo is lost unless it is handed on; search attributes stay, unless others are given. */
export async function continueInNewRun(input: unknown, state: Attempts, { kept }: CarriedAttributes): Promise<never> {
  type Same = (input: unknown, carried: object) => Promise<unknown>;
  const attemptsBefore = state.attemptsBefore + workflowInfo().attempt - 1;
  const options = { memo: workflowInfo().memo ?? {}, ...(kept && { typedSearchAttributes: kept }) };
  const again = makeContinueAsNewFunc<Same>(options);
  return await again(input, { ...state, attemptsBefore });
}

/**
 * The failure that the workflow may close with. Once all attempts are used up, no retry may follow, whatever its type.
 */
export function asLastWord(failed: TemporalFailure, { attemptsBefore }: Attempts): TemporalFailure {
  const { attempt, retryPolicy } = workflowInfo();
  const attemptsMax = retryPolicy?.maximumAttempts ?? 0;
  // In the first run of the chain Temporal's own count is right.
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
