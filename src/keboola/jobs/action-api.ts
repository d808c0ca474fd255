import type { ActionOutcome } from '../../job/action-outcome.js';
import type { CallActionInput, ResolveConfigurationInput, Statistics, StatisticsInput } from '../../job/questions.js';
import type { InputProblem } from '../../input/input-problem.js';

/** A synchronous action that is ready to be called. */
export interface PreparedAction {
  /** Makes the one call. It is not repeated on any failure. @returns what the component has answered. */
  send(): Promise<unknown>;
  /** What a call that threw means. @throws whatever is no failed exchange. */
  outcomeOf(error: unknown): ActionOutcome;
}

/**
 * The port to what components and their host answer besides jobs. Every call throws a `KeboolaError` when an exchange
 * fails, and repeats none.
 */
export interface ActionApi {
  /** Why no component has synchronous actions here, where that is so. */
  readonly missing?: string | undefined;
  /** Why this component has no synchronous actions at all, where that is known before one is called. */
  problemOf(call: Pick<CallActionInput, 'component'>): Promise<InputProblem | undefined>;
  /** Does all that must happen before the call, so that a failure here proves that nothing was called. */
  prepareAction(call: CallActionInput): Promise<PreparedAction>;
  /** The component that the path of an asynchronous action lies under, or a sentence that says why there is none. */
  componentAbove(path: string): Promise<{ id: string } | { missing: string }>;
  /** For how long the jobs of the project have worked. */
  statistics(input: StatisticsInput): Promise<Statistics>;
  /** A stored configuration with its variables filled in. */
  resolve(wanted: ResolveConfigurationInput & { version: number }): Promise<unknown>;
}
