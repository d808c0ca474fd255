import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

// It shares a terminal with the program that asks, so it speaks of errors only.
Runtime.install({ logger: new DefaultLogger('ERROR') });
// It only runs `tick`. The jobs are run by the worker that `npm start` has started, and the token stays there.
const connection = await NativeConnection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? 'localhost:7233' });
const worker = await Worker.create({
  connection,
  taskQueue: 'schedule',
  workflowsPath: fileURLToPath(new URL('./workflows.js', import.meta.url)),
});
await worker.run();
await connection.close();
