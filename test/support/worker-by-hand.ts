import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';

const POLL_MS = 60_000;
/** Temporal remembers who has asked for tasks by that alone. */
const IDENTITY = 'by hand';

/** A worker of which a test says itself what it does with each workflow task. */
export interface WorkerByHand {
  /** Takes the next task. @returns its token. */
  takeUp(): Promise<Uint8Array>;
  /** Takes so many tasks, and fails each. */
  fail(times: number, reason?: string): Promise<void>;
  complete(taskToken: Uint8Array, commands: temporal.api.command.v1.ICommand[]): Promise<void>;
}

export function workerByHand(client: Client, taskQueue: string): WorkerByHand {
  const { workflowService } = client;
  const { namespace } = client.options;
  const takeUp = async (): Promise<Uint8Array> => {
    const poll = (): ReturnType<typeof workflowService.pollWorkflowTaskQueue> =>
      workflowService.pollWorkflowTaskQueue({ namespace, taskQueue: { name: taskQueue }, identity: IDENTITY });
    // The server takes no poll without a time limit.
    return (await client.withDeadline(Date.now() + POLL_MS, poll)).taskToken;
  };
  return {
    takeUp,
    fail: async (times, message) => {
      for (let failures = 0; failures < times; failures += 1) {
        const taskToken = await takeUp();
        await workflowService.respondWorkflowTaskFailed({
          namespace,
          taskToken,
          ...(message !== undefined && { failure: { message } }),
        });
      }
    },
    complete: async (taskToken, commands) => {
      await workflowService.respondWorkflowTaskCompleted({ namespace, taskToken, commands });
    },
  };
}
