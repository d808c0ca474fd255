// The worker that bench/memory.js measures, in a process of its own.
import process, { env } from 'node:process';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { createWorker } from '../dist/worker.js';

Runtime.install({ logger: new DefaultLogger('ERROR') });
const worker = await createWorker({
  connection: await NativeConnection.connect({ address: env['BENCH_TEMPORAL'] }),
  taskQueue: 'bench',
  connections: [
    {
      name: 'default',
      url: env['BENCH_KEBOOLA'],
      token: () => env['BENCH_TOKEN'],
      respectProjectLimit: false,
      requestsPerSecond: 10_000,
    },
  ],
  // All of them stay in memory, or the slope would be that of a full cache.
  worker: { maxCachedWorkflows: 10_000 },
});
process.on('message', () => {
  globalThis.gc();
  process.send(process.memoryUsage().rss);
});
await worker.run();
