/** What is true of a type of failure. */
interface FailureTraits {
  /** Whether an author's own retry policy may start another attempt. */
  retryable: boolean;
  /** Whether the job or the caller is to blame, so that the worker need not log the failure as its own fault. */
  benign: boolean;
}

/**
 * The closed list of failure types; for each of them docs/errors.md says what still runs and what to do next.
 *
 * Only a job that has provably ended, or was never created, may be retried. Every other failure is non-retryable, so
 * that no retry policy can silently create a second job.
 */
export const FAILURE_TYPES = {
  InvalidInput: { retryable: false, benign: true },
  ConnectionNotUsable: { retryable: false, benign: false },
  JobUserError: { retryable: false, benign: true },
  JobApplicationError: { retryable: true, benign: true },
  JobError: { retryable: true, benign: true },
  JobWarning: { retryable: false, benign: true },
  JobTerminated: { retryable: true, benign: true },
  JobTimedOut: { retryable: true, benign: true },
  StorageJobFailed: { retryable: true, benign: true },
  ExportTooLarge: { retryable: false, benign: true },
  ForeignJobRunning: { retryable: true, benign: true },
  CreateRefused: { retryable: false, benign: false },
  CreateAmbiguous: { retryable: false, benign: false },
  KillNotConfirmed: { retryable: false, benign: false },
  KeboolaUnreachable: { retryable: false, benign: false },
  TokenRefused: { retryable: false, benign: false },
  UnknownStatus: { retryable: false, benign: false },
  ProtocolError: { retryable: false, benign: false },
  ActionUserError: { retryable: false, benign: true },
  ActionApplicationError: { retryable: true, benign: true },
  ActionTimedOut: { retryable: true, benign: true },
  PipelineFailed: { retryable: false, benign: true },
  NoJobApi: { retryable: false, benign: true },
  InternalError: { retryable: false, benign: false },
} as const satisfies Record<string, FailureTraits>;

export type FailureType = keyof typeof FAILURE_TYPES;

export function isFailureType(type: string | null | undefined): type is FailureType {
  return typeof type === 'string' && Object.hasOwn(FAILURE_TYPES, type);
}
