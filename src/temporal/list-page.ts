import { ServiceError, type Client, type WorkflowExecutionInfo } from '@temporalio/client';
import { executionInfoFromRaw } from '@temporalio/client/lib/helpers.js';
import { lenient } from './look.js';

/** One page of what a list filter finds. */
export interface WorkflowPage {
  workflows: WorkflowExecutionInfo[];
  /** Where the next page begins, for the same filter; absent after the last one. */
  next?: string;
}

/**
 * One page of what a list filter finds, read as `listWorkflows` reads it. The SDK's own list cannot be continued by
 * another caller.
 *
 * @param size at most 1,000, which is Temporal's own limit.
 * @param after the `next` of the page before. @throws ServiceError with Temporal's answer, as the SDK's own list does.
 */
export async function listPage(client: Client, query: string, size: number, after?: string): Promise<WorkflowPage> {
  const { namespace, loadedDataConverter } = lenient(client).options;
  const listed = client.workflowService.listWorkflowExecutions({
    namespace,
    query,
    pageSize: size,
    ...(after !== undefined && { nextPageToken: Buffer.from(after, 'base64url') }),
  });
  const { executions, nextPageToken } = await listed.catch(refused);
  const workflows = executions.map((raw) => executionInfoFromRaw(raw, loadedDataConverter, raw, namespace));
  const isLast = nextPageToken.length === 0;
  return {
    workflows: await Promise.all(workflows),
    ...(!isLast && { next: Buffer.from(nextPageToken).toString('base64url') }),
  };
}

function refused(cause: Error): never {
  throw new ServiceError('Failed to list workflows', { cause });
}
