import type { Client } from '@temporalio/client';

/**
 * Whether somebody asks for the workflow tasks of a task queue, or has done so lately: the server remembers that for five
 * minutes. When it was, it tells by its own clock, of which nothing is known here: by one that is ahead, a worker that lives
 * and waits for work would seem to have gone.
 *
 * @returns undefined where the server does not tell.
 */
export async function hasPollers(client: Client, taskQueue: string): Promise<boolean | undefined> {
  const pollers = await pollersOf(client, taskQueue);
  return pollers && pollers.length > 0;
}

/**
 * Who asks for the workflow tasks of a task queue, or has done so in the last five minutes, each once.
 *
 * @returns undefined where the server does not tell.
 */
export async function pollersOf(client: Client, taskQueue: string): Promise<string[] | undefined> {
  try {
    // Without a type it is the workflow tasks that are told of.
    const { pollers } = await client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: taskQueue },
    });
    return [...new Set(pollers.map(({ identity }) => identity ?? ''))];
  } catch {
    // Perhaps we may not ask that; whoever asks something else is told what is wrong.
    return undefined;
  }
}
