import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { decodeOptionalSinglePayload } from '@temporalio/common/lib/internal-non-workflow/index.js';

/**
 * A memo field on which an answer depends; undefined only if there is none. `describeWorkflow` returns undefined also
 * for a field that cannot be read.
 *
 * @throws whatever its codec or converter throws; PayloadKeyError if its key is not here.
 */
export async function memoField(
  { workflow }: Client,
  { workflowId, memo, raw }: WorkflowExecutionDescription,
  name: string,
): Promise<unknown> {
  if (!memo || !Object.hasOwn(memo, name) || memo[name] !== undefined) return memo?.[name];
  const { namespace, loadedDataConverter } = workflow.options;
  const payload = raw.workflowExecutionInfo?.memo?.fields?.[name];
  return await decodeOptionalSinglePayload(loadedDataConverter, payload, { type: 'workflow', namespace, workflowId });
}
