// The worker of one row, in a process of its own. Its first message says which.
import process from 'node:process';
import { NativeConnection, Worker } from '@temporalio/worker';
import { installRuntime } from '../../../dist/operate/run-worker.js';
import { createWorker } from '../../../dist/worker.js';
import { plainActivities } from './plain-activities.js';

/** More than are ever wanted: a worker that puts off reads would be cheaper for it. */
const REQUESTS_PER_SECOND = 1_000;

process.on('disconnect', () => process.exit());
process.once('message', (order) => void run(order));

async function run({ address, ...order }) {
  installRuntime({ logLevel: 'ERROR' });
  const connection = await NativeConnection.connect({ address });
  const worker = await (order.row.ours ? ourWorker(connection, order) : plainWorker(connection, order));
  process.send('ready');
  await worker.run();
}

/** Without a check of the project's limit, as the others are. */
function ourWorker(connection, { row, taskQueue, keboola }) {
  const settings = { respectProjectLimit: false, requestsPerSecond: REQUESTS_PER_SECOND, ...row.ours };
  const connections = [{ name: 'default', url: keboola.url, token: () => keboola.token, ...settings }];
  return createWorker({ connection, taskQueue, connections });
}

function plainWorker(connection, { code, taskQueue, keboola }) {
  return Worker.create({ connection, taskQueue, workflowBundle: { code }, activities: plainActivities(keboola) });
}
