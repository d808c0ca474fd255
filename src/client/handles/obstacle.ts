import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { failureMessage } from '../../temporal/failure-message.js';

/** `ApplicationErrorCategory` BENIGN in Temporal's protocol. */
const BENIGN = 1;

/** Why a workflow makes no progress: an activity's failure and what Temporal does about it, in words for people. */
export async function obstacleOf(
  client: Client,
  { raw }: Pick<WorkflowExecutionDescription, 'raw'>,
): Promise<string | undefined> {
  for (const { lastFailure, paused, attempt, maximumAttempts } of raw.pendingActivities ?? []) {
    // What was not found is looked for once more in a moment and then reported for good: one report is enough.
    if (Number(lastFailure?.applicationFailureInfo?.category) === BENIGN) continue;
    const told = lastFailure?.cause ?? lastFailure;
    const reason = told ? await failureMessage(client, told) : '';
    // Zero maximum attempts means no limit.
    const isLast = Boolean(maximumAttempts) && (attempt ?? 0) >= (maximumAttempts ?? 0);
    const next = paused ? 'paused in Temporal' : isLast ? 'retrying for the last time' : 'retrying';
    if (reason) return `failed, ${next}: ${reason}`;
  }
  return undefined;
}
