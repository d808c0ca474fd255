import type { Client, WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure, TerminatedFailure, TimeoutFailure } from '@temporalio/common';
import { isFailureType } from '../../job/failure/failure-types.js';
import { isJobResult, isLeftJob } from '../../job/guard/job-result.js';
import { JOB_MEMO } from '../../job/messages.js';
import { isStorageResult } from '../../job/storage/result.js';
import { memoField } from '../../temporal/memo-field.js';
import { JobCanceledError, JobFailedError } from '../errors.js';
import { rowOf, type JobRow } from '../list-jobs.js';
import type { LatestRun } from './run-chain.js';

/**
 * The error that says what a workflow that closed without a result means for its job.
 *
 * @throws PayloadKeyError if we lack the key to read it: the job may have been left running.
 */
export async function closedError(
  client: Client,
  { handle, description }: LatestRun,
  failed: WorkflowFailedError,
): Promise<Error> {
  const { cause, message } = failed;
  const { workflowId } = handle;
  if (cause instanceof CancelledFailure) return await canceledError(client, description);
  return cutOffError(workflowId, cause, rowOf(description)) ?? failedError(workflowId, cause, message);
}

/** The error for a typed failure of the workflow, or for whatever else made it fail. */
export function failedError(workflowId: string, cause: Error | undefined, message: string): JobFailedError {
  if (!(cause instanceof ApplicationFailure))
    return new JobFailedError(workflowId, 'Failed', cause?.message ?? message);
  const [details] = cause.details ?? [];
  const type = isFailureType(cause.type) ? cause.type : 'Failed';
  const job = isJobResult(details) ? details : undefined;
  return new JobFailedError(workflowId, type, cause.message, job, isStorageResult(details) ? details : undefined);
}

/**
 * The error for a workflow that the server ended (termination or timeout), without letting workflow code run.
 *
 * @param seen its job, if the search attributes name one.
 * @returns undefined if the workflow ended in another way.
 */
export function cutOffError(
  workflowId: string,
  cause: Error | undefined,
  seen: Pick<JobRow, 'jobId' | 'jobStatus'> = {},
): JobFailedError | undefined {
  const { jobId, jobStatus } = seen;
  const job =
    jobId === undefined
      ? 'The Keboola job'
      : `Job ${jobId}${jobStatus === undefined ? '' : ` (last seen ${jobStatus})`}`;
  const lives = `${job} was not stopped by this and may still run.`;
  if (cause instanceof TerminatedFailure) {
    const reason = cause.message === UNTOLD ? '' : ` (${cause.message})`;
    return new JobFailedError(workflowId, 'Terminated', `The workflow was terminated${reason}. ${lives}`);
  }
  if (!(cause instanceof TimeoutFailure)) return undefined;
  return new JobFailedError(workflowId, 'TimedOut', `The workflow ran into its time limit. ${lives}`);
}

/** The SDK's message when no reason was given for a termination. */
const UNTOLD = 'Workflow execution terminated';

/** A canceled workflow leaves its job in the memo. */
async function canceledError(client: Client, description: LatestRun['description']): Promise<JobCanceledError> {
  const { workflowId } = description;
  const job = await memoField(client, description, JOB_MEMO);
  if (isLeftJob(job)) return new JobCanceledError(workflowId, undefined, job);
  return new JobCanceledError(workflowId, isJobResult(job) ? job : undefined);
}
