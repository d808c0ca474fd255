import type { Client } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';

/** A worker asks for work again after a minute at the latest; the server remembers who has asked for five. */
const ASKED_MS_MAX = 75_000;

/**
 * Whether somebody asks for the workflow tasks of a task queue, or has done so lately: a worker that was killed counts for
 * another minute.
 *
 * @returns undefined where the server does not tell.
 */
export async function hasPollers(client: Client, taskQueue: string): Promise<boolean | undefined> {
  try {
    // Without a type it is the workflow tasks that are told of.
    const { pollers } = await client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: taskQueue },
    });
    return pollers.some(({ lastAccessTime }) => Date.now() - tsToMs(lastAccessTime) < ASKED_MS_MAX);
  } catch {
    // Perhaps we may not ask that; whoever asks something else is told what is wrong.
    return undefined;
  }
}
