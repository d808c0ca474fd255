import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import { KeboolaPlugin } from 'keboola-temporal';
import * as activities from './activities.js';

const connection = await NativeConnection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? 'localhost:7233' });
const worker = await Worker.create({
  connection,
  taskQueue: 'nightly',
  workflowsPath: fileURLToPath(new URL('./workflows.js', import.meta.url)),
  activities,
  // Brings Keboola's activities. The project is that of KBC_URL and KBC_TOKEN.
  plugins: [new KeboolaPlugin()],
});
await worker.run();
await connection.close();
