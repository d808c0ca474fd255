import {
  AlreadyRunningError,
  InputConflictError,
  InvalidInputError,
  JobCanceledError,
  JobFailedError,
  NoSuchJobError,
} from '../client/errors.js';
import { QueueV2Project, SettingsError } from '../keboola/errors.js';
import { UsageError } from './usage-error.js';
import { isUnreachable } from './unreachable.js';

/** What the shell learns; the numbers are a contract. */
export const EXIT = {
  success: 0,
  jobFailed: 1,
  usage: 2,
  warning: 3,
  canceled: 4,
  timedOut: 5,
  ambiguous: 6,
  unreachable: 7,
  killNotConfirmed: 8,
  interrupted: 130,
  terminated: 143,
} as const;

const BY_FAILURE_TYPE: Partial<Record<JobFailedError['type'], number>> = {
  InvalidInput: EXIT.usage,
  ConnectionNotUsable: EXIT.usage,
  QueueV2Project: EXIT.usage,
  CreateRefused: EXIT.usage,
  TokenRefused: EXIT.usage,
  JobWarning: EXIT.warning,
  JobTerminated: EXIT.canceled,
  TimedOut: EXIT.timedOut,
  CreateAmbiguous: EXIT.ambiguous,
  KeboolaUnreachable: EXIT.unreachable,
  ProtocolError: EXIT.unreachable,
  KillNotConfirmed: EXIT.killNotConfirmed,
};

export function exitCodeOf(error: unknown): number {
  if (error instanceof JobFailedError) return BY_FAILURE_TYPE[error.type] ?? EXIT.jobFailed;
  if (error instanceof JobCanceledError) return EXIT.canceled;
  if (isUnreachable(error)) return EXIT.unreachable;
  const usage = [
    UsageError,
    InvalidInputError,
    InputConflictError,
    AlreadyRunningError,
    NoSuchJobError,
    SettingsError,
    QueueV2Project,
  ];
  return usage.some((type) => error instanceof type) ? EXIT.usage : EXIT.jobFailed;
}
