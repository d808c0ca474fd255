import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { KeboolaPlugin } from 'keboola-temporal';
import * as activities from './activities.js';

// It shares a terminal with the program that starts the workflow, so it speaks of errors only.
Runtime.install({ logger: new DefaultLogger('ERROR') });
const connection = await NativeConnection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? 'localhost:7233' });
const worker = await Worker.create({
  connection,
  taskQueue: 'import-folder',
  workflowsPath: fileURLToPath(new URL('./workflows.js', import.meta.url)),
  activities,
  // Brings Keboola's activities: the project of KBC_URL and KBC_TOKEN, and the folder of KEBOOLA_FILES_DIR.
  plugins: [new KeboolaPlugin()],
});
await worker.run();
await connection.close();
