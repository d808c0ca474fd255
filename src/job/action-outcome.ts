import type { FailureType } from './failure-types.js';

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

/** An answer travels through workflow history, and Temporal warns of payloads from 512 KiB on. */
export const ANSWER_BYTES_MAX = 500 * 1024;
