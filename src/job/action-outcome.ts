import { boundResult, jsonBytes } from './bound-result.js';
import type { FailureType } from './failure/failure-types.js';

/** How one call of a synchronous action can turn out: a closed list. */
export type ActionOutcome =
  | { kind: 'answered'; answer: unknown }
  | {
      kind: 'failed';
      type: FailureType;
      message: string;
      /** Another call may succeed. It is made only if the caller has asked for more attempts. */
      mayTryAgain: boolean;
      /** Keboola's support asks for this id. */
      exceptionId?: string;
    }
  /** Nothing reached the component, or Keboola said "not now": calling the action later is no second call. */
  | { kind: 'not-called'; message: string; retryAfterMs?: number };

/** What a pipeline task reports of a synchronous action. */
export interface ActionAnswer {
  /** The component's own JSON if it is short; otherwise only its short top-level texts and numbers. */
  answer?: unknown;
  truncated?: true;
}

/** Bounds an answer that is reported together with many others. */
export function boundAnswer(answer: unknown, bytesMax: number): ActionAnswer {
  if (jsonBytes(answer) <= bytesMax) return { answer };
  return { answer: boundResult(answer, bytesMax).result, truncated: true };
}
