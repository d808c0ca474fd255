import type { Client, WorkflowHandle } from '@temporalio/client';

/** Resets a pipeline to before its first task. */
export async function resetToStart(client: Client, handle: WorkflowHandle): Promise<WorkflowHandle> {
  const { events } = await handle.fetchHistory();
  const done = events?.filter(({ workflowTaskCompletedEventAttributes: completed }) => completed) ?? [];
  const { runId } = await client.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId: handle.workflowId },
    workflowTaskFinishEventId: done[0]?.eventId ?? null,
    requestId: handle.workflowId,
    reason: 'a test',
  });
  return client.workflow.getHandle(handle.workflowId, runId);
}
