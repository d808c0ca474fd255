import type { Client } from '@temporalio/client';

/**
 * Whether somebody polls a task queue for workflow tasks, or has done so lately: the server remembers pollers for five
 * minutes. It gives the time of their last poll, too, but by its own clock, which may be ahead of ours or behind:
 * judged by that, a live worker that waits for work could seem to have gone.
 *
 * @returns undefined if the server does not tell.
 */
export async function hasPollers(client: Client, taskQueue: string): Promise<boolean | undefined> {
  const pollers = await pollersOf(client, taskQueue);
  return pollers && pollers.length > 0;
}

/**
 * Who polls a task queue for workflow tasks, or has done so in the last five minutes, each once.
 *
 * @returns undefined if the server does not tell.
 */
export async function pollersOf(client: Client, taskQueue: string): Promise<string[] | undefined> {
  try {
    // Without a type, the server describes the queue's workflow tasks.
    const { pollers } = await client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: taskQueue },
    });
    return [...new Set(pollers.map(({ identity }) => identity ?? ''))];
  } catch {
    // Perhaps we may not ask this; another question will show what is wrong.
    return undefined;
  }
}
