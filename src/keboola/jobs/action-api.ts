import type { ActionOutcome } from '../../job/action-outcome.js';
import type { CallActionInput, ResolveConfigurationInput, Statistics, StatisticsInput } from '../../job/questions.js';
import type { InputProblem } from '../../input/input-problem.js';

/** A synchronous action, ready to be called. */
export interface PreparedAction {
  /** Makes the call, once: no failure is retried. @returns the component's answer. */
  send(): Promise<unknown>;
  /** What a call that threw means. @throws any error that is not a failed exchange. */
  outcomeOf(error: unknown): ActionOutcome;
}

/**
 * The port to what Keboola's job services offer besides jobs. Every call throws a `KeboolaError` if an exchange fails,
 * and none retries.
 */
export interface ActionApi {
  /** Why no synchronous actions can be called here; undefined if they can. */
  readonly missing?: string | undefined;
  /** Why this component has no synchronous actions at all, if that is known before calling one. */
  problemOf(call: Pick<CallActionInput, 'component'>): Promise<InputProblem | undefined>;
  /** Does everything that comes before the call, so that a failure here proves that nothing was called. */
  prepareAction(call: CallActionInput): Promise<PreparedAction>;
  /** The component to which the path of an asynchronous action belongs, or a sentence that says why there is none. */
  componentAbove(path: string): Promise<{ id: string } | { missing: string }>;
  /** How long the jobs of the project have run in total. */
  statistics(input: StatisticsInput): Promise<Statistics>;
  /** A stored configuration with its variables filled in. */
  resolve(wanted: ResolveConfigurationInput & { version: number }): Promise<unknown>;
}
