import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { DIGEST_MEMO } from '../job/messages.js';
import { describeWorkflow } from '../temporal/look.js';
import { inputDigest, type AnyInput } from './digest.js';
import { InputConflictError } from './errors.js';

/** A workflow to be started. */
export interface StartRequest {
  workflowType: string;
  input: AnyInput;
  summary: string;
}

/** A workflow that runs, and how we came by it. */
export interface Started {
  runId: string;
  attached: boolean;
  /** ISO 8601. */
  startTime: string;
}

/** @returns undefined when a workflow of that id is running. */
export async function start(
  client: Client,
  taskQueue: string,
  workflowId: string,
  { workflowType, input, summary }: StartRequest,
): Promise<Started | undefined> {
  try {
    const { firstExecutionRunId } = await client.workflow.start(workflowType, {
      workflowId,
      taskQueue,
      args: [input],
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      memo: { [DIGEST_MEMO]: inputDigest(input) },
      staticSummary: summary,
    });
    return { runId: firstExecutionRunId, attached: false, startTime: new Date().toISOString() };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return undefined;
    throw error;
  }
}

/**
 * Attaches to the workflow that runs. One without a digest was started by another tool; its input cannot be compared and
 * is taken as it is; a digest that cannot be read is one of another input.
 *
 * @throws InputConflictError.
 */
export async function attach(
  client: Client,
  workflowId: string,
  { workflowType, input }: StartRequest,
): Promise<Started> {
  const { memo, startTime, runId } = await describeWorkflow(client, workflowId);
  const hasDigest = memo !== undefined && Object.hasOwn(memo, DIGEST_MEMO);
  if (hasDigest && memo[DIGEST_MEMO] !== inputDigest(input)) {
    throw new InputConflictError(workflowId, workflowType === 'runJob' ? undefined : OTHER_KEY);
  }
  return { runId, attached: true, startTime: startTime.toISOString() };
}

const OTHER_KEY = 'a key of its own (--key)';
