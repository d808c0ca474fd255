import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { expect } from 'vitest';
import { eventually } from './eventually.js';

type Event = temporal.api.history.v1.IHistoryEvent;
type Id = Event['eventId'];

/** Resets a workflow to before its first task. */
export async function resetToStart(handle: WorkflowHandle): Promise<WorkflowHandle> {
  return await resetTo(handle, (events) => events.find(isTask)?.eventId);
}

/** Resets a workflow to before its latest task. */
export async function resetToLatest(handle: WorkflowHandle): Promise<WorkflowHandle> {
  return await resetTo(handle, (events) => events.findLast(isTask)?.eventId);
}

/** Resets a workflow to before one of its tasks, counted from 0. */
export async function resetToNth(handle: WorkflowHandle, at: number): Promise<WorkflowHandle> {
  return await resetTo(handle, (events) => events.filter(isTask)[at]?.eventId);
}

/** The tasks of a workflow that are done. */
export async function tasksIn(handle: WorkflowHandle): Promise<Event[]> {
  return ((await handle.fetchHistory()).events ?? []).filter(isTask);
}

/** Resets a workflow to before the task that ordered an activity for the first time, however many tasks came before it. */
export async function resetToBefore(activity: string, handle: WorkflowHandle): Promise<WorkflowHandle> {
  return await resetTo(handle, (events) => {
    const scheduled = events.map((event) => event.activityTaskScheduledEventAttributes);
    return scheduled.find((order) => order?.activityType?.name === activity)?.workflowTaskCompletedEventId;
  });
}

/** A pipeline that was reset, or terminated and started again, has asked what of the run before still runs. */
export async function adopting(handle: WorkflowHandle): Promise<void> {
  await eventually(async () => {
    const { events } = await handle.fetchHistory();
    const names = (events ?? []).map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name);
    expect(names).toContain('lookAtChildren');
  });
}

function isTask(event: Event): boolean {
  return Boolean(event.workflowTaskCompletedEventAttributes);
}

async function resetTo(handle: WorkflowHandle, taskIn: (events: Event[]) => Id): Promise<WorkflowHandle> {
  const { workflowId, client } = handle;
  const taskId = taskIn((await handle.fetchHistory()).events ?? []);
  if (!taskId) throw new Error(`${workflowId} has had no such task`);
  const { runId } = await client.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId },
    workflowTaskFinishEventId: taskId,
    requestId: randomUUID(),
    reason: 'a test',
  });
  return client.getHandle(workflowId, runId);
}
