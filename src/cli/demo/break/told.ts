import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import { JOB_MEMO } from '../../../job/messages.js';
import type { JobResult } from '../../../job/result.js';

/** What somebody learns who waits for the workflow, in a few words. */
export async function told(handle: WorkflowHandle): Promise<string> {
  try {
    const result = (await handle.result()) as string | JobResult;
    if (typeof result === 'string') return result;
    return result.adopted ? `${result.status}, the job was found again` : result.status;
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    if (!(error.cause instanceof CancelledFailure)) return `failed: ${error.cause?.message ?? error.message}`;
    const job = (await handle.describe()).memo?.[JOB_MEMO] as JobResult | undefined;
    return job ? `canceled, the job is ${job.status}` : 'canceled';
  }
}
