// The worker of a bench, in a process of its own: it runs until its parent is gone. Its first message tells it where, and
// each later one asks what it uses: 'memory' (at rest, with garbage collected) or 'usage' (at once, so far).
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { NativeConnection } from '@temporalio/worker';
import { installRuntime } from '../../dist/operate/run-worker.js';
import { createWorker } from '../../dist/worker.js';

const SAMPLES = 10;
const SAMPLE_MS = 1_000;

process.on('disconnect', () => process.exit());
process.once('message', (order) => void run(order));

async function run({ address, keboolas, maxCachedWorkflows }) {
  installRuntime({ logLevel: 'ERROR' });
  const worker = await createWorker({
    connection: await NativeConnection.connect({ address }),
    connections: keboolas.map(({ token, ...settings }) => ({
      respectProjectLimit: false,
      ...settings,
      token: () => token,
    })),
    worker: { maxCachedWorkflows },
  });
  process.on('message', async (what) => process.send(await ANSWERS[what](worker)));
  process.send('ready');
  await worker.run();
}

const ANSWERS = {
  memory: async (worker) => ({ rssBytes: await leastRssBytes(), cached: worker.getStatus().numCachedWorkflows }),
  usage: () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    const rssBytesMax = maxRSS * 1_024;
    return { rssBytes: process.memoryUsage.rss(), rssBytesMax, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 };
  },
};

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
