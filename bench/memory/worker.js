// The worker of `npm run bench:memory`, in a process of its own: it runs until its parent is gone, and answers every
// message but the first with the memory that it occupies.
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { NativeConnection } from '@temporalio/worker';
import { installRuntime } from '../../dist/cli/start-worker.js';
import { createWorker } from '../../dist/worker.js';

const SAMPLES = 10;
const SAMPLE_MS = 1_000;

process.on('disconnect', () => process.exit());
process.once('message', (order) => void run(order));

async function run({ address, keboolas, maxCachedWorkflows }) {
  installRuntime('ERROR');
  const worker = await createWorker({
    connection: await NativeConnection.connect({ address }),
    connections: keboolas.map(({ name, url, token }) => ({
      name,
      url,
      token: () => token,
      respectProjectLimit: false,
    })),
    worker: { maxCachedWorkflows },
  });
  process.on('message', async () => {
    const rssBytes = await leastRssBytes();
    process.send({ rssBytes, cached: worker.getStatus().numCachedWorkflows });
  });
  process.send('ready');
  await worker.run();
}

/** What nobody needs any more is given back in waves, so the smallest of several figures counts. */
async function leastRssBytes() {
  const threads = new BroadcastChannel('collect-garbage');
  let least = Infinity;
  for (let sample = 0; sample < SAMPLES; sample++) {
    globalThis.gc();
    threads.postMessage('now');
    await sleep(SAMPLE_MS);
    least = Math.min(least, process.memoryUsage.rss());
  }
  threads.close();
  return least;
}
