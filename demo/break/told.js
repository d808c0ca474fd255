import { WorkflowFailedError } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import { JOB_MEMO } from '../../dist/job/messages.js';

/** What somebody learns who waits for the workflow, in a few words. */
export async function told(handle) {
  try {
    const result = await handle.result();
    if (typeof result === 'string') return result;
    return result.adopted ? `${result.status}, the job was found again` : result.status;
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    if (!(error.cause instanceof CancelledFailure)) return `failed: ${error.cause?.message ?? error.message}`;
    const job = (await handle.describe()).memo?.[JOB_MEMO];
    return job ? `canceled, the job is ${job.status}` : 'canceled';
  }
}
