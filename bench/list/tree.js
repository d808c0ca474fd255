import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

const TASK_QUEUE = 'trees';
const LOOK_MS = 500;
const PARENT = 'keboola-pipeline/many';

/** @returns the id of a workflow that has so many children. */
export async function makeTree(client, address, children) {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const connection = await NativeConnection.connect({ address });
  const workflowsPath = fileURLToPath(new URL('./tree-workflow.js', import.meta.url));
  const worker = await Worker.create({ connection, taskQueue: TASK_QUEUE, workflowsPath });
  await worker.runUntil(async () => {
    const ids = Array.from({ length: children }, (_, at) => `${PARENT}/task-${at}`);
    await client.workflow.start('runPipeline', { taskQueue: TASK_QUEUE, workflowId: PARENT, args: [ids] });
    // Visibility is behind what has happened. Bounded by the time limit of the whole bench.
    const query = `RootWorkflowId = "${PARENT}"`;
    while ((await client.workflow.count(query)).count <= children) await sleep(LOOK_MS);
  });
  await connection.close();
  return PARENT;
}
