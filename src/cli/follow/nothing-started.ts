import {
  AlreadyRunningError,
  InputConflictError,
  InvalidInputError,
  JobCanceledError,
  JobFailedError,
} from '../../client/errors.js';
import type { JobHandle } from '../../client/handles/job-handle.js';
import type { JobRow } from '../../client/list-jobs.js';
import { NoSuchNamespace, TemporalRefused } from '../../operate/temporal-refusal.js';
import { GRPC, grpcCause } from '../../temporal/grpc-cause.js';

/** After one of these no job was ever asked for; `CreateRefused` is Storage's own answer. */
const BEFORE_ANY_JOB: readonly string[] = ['InvalidInput', 'ConnectionNotUsable', 'NoJobApi', 'CreateRefused'];
const REFUSALS: readonly (number | undefined)[] = [
  GRPC.invalidArgument,
  GRPC.notFound,
  GRPC.permissionDenied,
  GRPC.unauthenticated,
];

/** Whether a failed start proves that there is no workflow; a lost answer does not. */
export function hasStartedNothing(error: unknown): boolean {
  const known = [AlreadyRunningError, InputConflictError, InvalidInputError, NoSuchNamespace, TemporalRefused];
  return known.some((type) => error instanceof type) || REFUSALS.includes(grpcCause(error)?.code);
}

/**
 * Whether the end of an import proves that no Storage job will load its file any more. A job that was asked for earlier
 * may come late, and so may one of the run before a reset. A cancel before there was a job is proof enough: a late job
 * is unwanted, and fails without its file.
 */
export async function hasLoadedNothing(error: unknown, handle: Seen): Promise<boolean> {
  const isFailed = isFailedLoad(error);
  if (!isFailed && !isBeforeAnyJob(error)) return false;
  const { runId, jobId } = (await handle.describe().catch(() => undefined)) ?? {};
  return runId === handle.runId && (isFailed || jobId === undefined);
}

type Seen = Pick<JobHandle, 'runId'> & { describe: () => Promise<Pick<JobRow, 'runId' | 'jobId'>> };

function isFailedLoad(error: unknown): boolean {
  if (!(error instanceof JobFailedError) || error.type !== 'StorageJobFailed') return false;
  return error.storage !== undefined && error.storage.attempts === undefined;
}

function isBeforeAnyJob(error: unknown): boolean {
  if (error instanceof JobCanceledError) return error.job === undefined && error.left === undefined;
  return error instanceof JobFailedError && BEFORE_ANY_JOB.includes(error.type);
}
