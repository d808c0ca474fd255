import { boundResult, jsonBytes } from './bound-result.js';
import type { FailureType } from './failure/failure-types.js';

/** The closed list of what can become of one call of a synchronous action. */
export type ActionOutcome =
  | { kind: 'answered'; answer: unknown }
  | {
      kind: 'failed';
      type: FailureType;
      message: string;
      /** Another call may fare better, where the caller has asked for one. */
      mayTryAgain: boolean;
      /** Keboola's support asks for it. */
      exceptionId?: string;
    }
  /** Nothing reached the component, or Keboola said "not now": calling it later is no second call. */
  | { kind: 'not-called'; message: string; retryAfterMs?: number };

/** What a task of a pipeline tells of a synchronous action. */
export interface ActionAnswer {
  /** The component's own JSON, where it is short; else its short top-level texts and numbers. */
  answer?: unknown;
  truncated?: true;
}

/** An answer as it is told where many are told together. */
export function boundAnswer(answer: unknown, bytesMax: number): ActionAnswer {
  if (jsonBytes(answer) <= bytesMax) return { answer };
  return { answer: boundResult(answer, bytesMax).result, truncated: true };
}
