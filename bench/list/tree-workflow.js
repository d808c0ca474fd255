import { condition, startChild } from '@temporalio/workflow';

/** A pipeline as a tree shows it: it has started a child for each id, which no worker has, and goes on. */
export async function runPipeline(ids) {
  for (const workflowId of ids) await startChild('runJob', { workflowId, taskQueue: 'nobody' });
  await condition(() => false);
}
