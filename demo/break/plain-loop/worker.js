import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import { readSettings } from '../../../dist/settings.js';
import { installRuntime } from '../../../dist/operate/run-worker.js';
import { plainActivities } from './activities.js';

/** A program of its own, so that it can be killed. It finds Temporal and the sandbox as our worker does. */
async function main() {
  installRuntime('ERROR');
  const { temporal, taskQueue, connections } = readSettings();
  const worker = await Worker.create({
    connection: await NativeConnection.connect(temporal.connectionOptions),
    taskQueue,
    workflowsPath: fileURLToPath(new URL('./workflow.js', import.meta.url)),
    activities: plainActivities(connections),
  });
  await worker.run();
}

await main();
