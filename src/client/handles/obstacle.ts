import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { failureMessage } from '../../temporal/failure-message.js';

/** As Temporal's protocol counts the categories of failures. */
const BENIGN = 1;

/** Why a workflow does not get on: the failure of a step, and what Temporal does about it, in words for people. */
export async function obstacleOf(
  client: Client,
  { raw }: Pick<WorkflowExecutionDescription, 'raw'>,
): Promise<string | undefined> {
  for (const { lastFailure, paused, attempt, maximumAttempts } of raw.pendingActivities ?? []) {
    // What is not found is looked for once more, in a moment, and then told as final: nobody need hear it twice.
    if (Number(lastFailure?.applicationFailureInfo?.category) === BENIGN) continue;
    const told = lastFailure?.cause ?? lastFailure;
    const reason = told ? await failureMessage(client, told) : '';
    // Zero attempts are as many as it takes.
    const isLast = Boolean(maximumAttempts) && (attempt ?? 0) >= (maximumAttempts ?? 0);
    const next = paused ? 'is paused in Temporal' : isLast ? 'is tried for the last time' : 'is tried again';
    if (reason) return `failed and ${next}: ${reason}`;
  }
  return undefined;
}
