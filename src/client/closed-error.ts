import type { WorkflowFailedError, WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure, TerminatedFailure, TimeoutFailure } from '@temporalio/common';
import { isFailureType } from '../job/failure-types.js';
import { JOB_MEMO } from '../job/messages.js';
import type { JobResult, LeftJob } from '../job/result.js';
import type { StorageJobResult } from '../job/storage/result.js';
import { JobCanceledError, JobFailedError } from './errors.js';

const LIVES = 'The Keboola job was not stopped by this and may still run.';

/** What a workflow that closed without a result means for its job. */
export async function closedError(handle: WorkflowHandle, { cause, message }: WorkflowFailedError): Promise<Error> {
  const { workflowId } = handle;
  if (cause instanceof CancelledFailure) return await canceledError(handle);
  return failedError(workflowId, cause, message);
}

/** A typed failure of the workflow, or the server's own way to end it. */
export function failedError(workflowId: string, cause: Error | undefined, message: string): JobFailedError {
  if (cause instanceof ApplicationFailure) {
    const [details] = cause.details ?? [];
    const type = isFailureType(cause.type) ? cause.type : 'Failed';
    const job = isJobResult(details) ? details : undefined;
    return new JobFailedError(workflowId, type, cause.message, job, isStorageResult(details) ? details : undefined);
  }
  if (cause instanceof TerminatedFailure) {
    return new JobFailedError(workflowId, 'Terminated', `The workflow was terminated. ${LIVES}`);
  }
  if (cause instanceof TimeoutFailure) {
    return new JobFailedError(workflowId, 'TimedOut', `The workflow ran into its time limit. ${LIVES}`);
  }
  return new JobFailedError(workflowId, 'Failed', cause?.message ?? message);
}

/** A canceled workflow leaves its job in the memo. */
async function canceledError(handle: WorkflowHandle): Promise<JobCanceledError> {
  const { workflowId } = handle;
  const { memo } = await handle.describe();
  const job = memo?.[JOB_MEMO];
  if (!isJobResult(job)) return new JobCanceledError(workflowId);
  return isLeft(job) ? new JobCanceledError(workflowId, undefined, job) : new JobCanceledError(workflowId, job);
}

function isLeft(job: JobResult | LeftJob): job is LeftJob {
  return job.outcome === 'left-alone';
}

function isStorageResult(value: unknown): value is StorageJobResult {
  return typeof value === 'object' && value !== null && 'jobId' in value && 'operation' in value;
}

function isJobResult(value: unknown): value is JobResult {
  return typeof value === 'object' && value !== null && 'jobId' in value && 'outcome' in value;
}
