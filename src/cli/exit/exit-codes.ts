import {
  AlreadyRunningError,
  InputConflictError,
  InvalidInputError,
  JobCanceledError,
  JobFailedError,
  NoSuchJobError,
  PipelineCanceledError,
  PipelineFailedError,
  UnknownProjectError,
} from '../../client/errors.js';
import { CannotListenError, PortInUseError } from '../../dev/ports.js';
import { ServerEndedError, ServerStartError } from '../../dev/running-server.js';
import { ServerBinaryError } from '../../dev/install/server-binary-error.js';
import { KeboolaError, type KeboolaErrorKind } from '../../keboola/http/keboola-error.js';
import { NoJobApi } from '../../keboola/project/no-job-api.js';
import { SettingsError } from '../../input/settings-error.js';
import { BrokenGzip } from '../../input/storage/broken-gzip.js';
import { StoreRefused } from '../../input/storage/store-refused.js';
import { SandboxInputError } from '../../sandbox/sandbox-input-error.js';
import { PayloadKeyError } from '../../temporal/encryption/payload-key-error.js';
import { GRPC, grpcCause } from '../../temporal/grpc-cause.js';
import { ConnectionRefused } from '../../operate/connection-problem.js';
import { NoSuchNamespace, TemporalRefused } from '../../operate/temporal-refusal.js';
import { Interrupted } from './interrupted.js';
import { LeftBehind } from './left-behind.js';
import { UsageError } from './usage-error.js';
import { isUnreachable } from '../../operate/unreachable.js';

/** The exit codes for the shell; the numbers are a contract. */
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
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

const BY_FAILURE_TYPE: Partial<Record<JobFailedError['type'], number>> = {
  InvalidInput: EXIT.usage,
  ConnectionNotUsable: EXIT.usage,
  NoJobApi: EXIT.usage,
  CreateRefused: EXIT.usage,
  ForeignJobRunning: EXIT.usage,
  TokenRefused: EXIT.usage,
  JobWarning: EXIT.warning,
  JobTerminated: EXIT.canceled,
  JobTimedOut: EXIT.timedOut,
  ActionTimedOut: EXIT.timedOut,
  TimedOut: EXIT.timedOut,
  CreateAmbiguous: EXIT.ambiguous,
  KeboolaUnreachable: EXIT.unreachable,
  ProtocolError: EXIT.unreachable,
  KillNotConfirmed: EXIT.killNotConfirmed,
};

/** For what a command itself asks of Keboola. As with a worker's failures, all other errors count as no answer. */
const BY_KEBOOLA_ERROR: Partial<Record<KeboolaErrorKind, number>> = {
  unauthorized: EXIT.usage,
  refused: EXIT.usage,
};

export function exitCodeOf(error: unknown): number {
  if (error instanceof LeftBehind) return exitCodeOfLeft(error);
  if (error instanceof Interrupted) return error.exitCode;
  if (error instanceof KeboolaError) return BY_KEBOOLA_ERROR[error.kind] ?? EXIT.unreachable;
  if (error instanceof JobFailedError || error instanceof PipelineFailedError) {
    return BY_FAILURE_TYPE[error.type] ?? EXIT.jobFailed;
  }
  if (error instanceof JobCanceledError || error instanceof PipelineCanceledError) return EXIT.canceled;
  if (NO_SERVER.some((type) => error instanceof type)) return EXIT.unreachable;
  // The export is damaged where it is stored, or the file store refuses to hand it out.
  const isLost = error instanceof BrokenGzip || error instanceof StoreRefused;
  if (isLost || error instanceof UnknownProjectError || isUnreachable(error)) return EXIT.unreachable;
  return isUsage(error) ? EXIT.usage : EXIT.jobFailed;
}

function exitCodeOfLeft({ cause, isHalfDone }: LeftBehind): number {
  const code = exitCodeOf(cause);
  return isHalfDone && code === EXIT.usage ? EXIT.jobFailed : code;
}

const NO_SERVER = [ServerBinaryError, ServerStartError, ServerEndedError];
const USAGE = [
  UsageError,
  SettingsError,
  NoJobApi,
  InvalidInputError,
  InputConflictError,
  AlreadyRunningError,
  NoSuchJobError,
  NoSuchNamespace,
  TemporalRefused,
  ConnectionRefused,
  PortInUseError,
  CannotListenError,
  SandboxInputError,
  PayloadKeyError,
];
/** How Temporal answers a wrong filter, namespace or key. */
const USAGE_CODES: readonly (number | undefined)[] = [
  GRPC.invalidArgument,
  GRPC.notFound,
  GRPC.permissionDenied,
  GRPC.unauthenticated,
];

function isUsage(error: unknown): boolean {
  return USAGE.some((type) => error instanceof type) || USAGE_CODES.includes(grpcCause(error)?.code);
}
