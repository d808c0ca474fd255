/**
 * The closed list of failure types, with whether an author's own retry policy may ask for another attempt.
 *
 * Only a job that has provably ended may be tried again: every other failure is non-retryable, so that no retry policy
 * can make a silent second job. docs/errors.md says of each what still runs and what to do next.
 */
export const FAILURE_TYPES = {
  InvalidInput: { retryable: false },
  ConnectionNotUsable: { retryable: false },
  JobUserError: { retryable: false },
  JobApplicationError: { retryable: true },
  JobError: { retryable: true },
  JobWarning: { retryable: false },
  JobTerminated: { retryable: true },
  CreateRefused: { retryable: false },
  CreateAmbiguous: { retryable: false },
  KillNotConfirmed: { retryable: false },
  KeboolaUnreachable: { retryable: false },
  TokenRefused: { retryable: false },
  UnknownStatus: { retryable: false },
  ProtocolError: { retryable: false },
  QueueV2Project: { retryable: false },
  InternalError: { retryable: false },
} as const;

export type FailureType = keyof typeof FAILURE_TYPES;

export function isFailureType(type: string | null | undefined): type is FailureType {
  return typeof type === 'string' && Object.hasOwn(FAILURE_TYPES, type);
}
