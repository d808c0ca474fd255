// What a waiting job costs a worker: the slope of its resident memory between 1,000 and 3,000 of them.
// npm run bench:memory
import { spawn } from 'node:child_process';
import { env, execPath, exit, stdout } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { defaultCacheFolder } from '../dist/dev/cache-folder.js';
import { startDevServer } from '../dist/dev/dev-server.js';
import { resolveTemporalCli } from '../dist/dev/temporal-cli.js';
import { startSandbox } from '../dist/sandbox/index.js';

const FEW = 1_000;
const MANY = 3_000;
const BAR_KB = 250;
const STARTS_AT_ONCE = 20;
const SETTLE_MS = 5_000;
const LOOKS_MAX = 600;

/** Waits until so many jobs exist and each was looked at once, then until the worker has come to rest. */
async function settled(sandbox, jobs) {
  for (let looks = 0; looks < LOOKS_MAX; looks++) {
    const { readsByJob } = sandbox.counters;
    if (sandbox.counters.jobs >= jobs && Object.keys(readsByJob).length >= jobs) break;
    await sleep(500);
  }
  await sleep(SETTLE_MS);
}

async function startJobs(client, from, to) {
  for (let next = from; next < to; next += STARTS_AT_ONCE) {
    const starts = Array.from({ length: Math.min(STARTS_AT_ONCE, to - next) }, (_, index) =>
      client.workflow.start('runJob', {
        workflowId: `bench-${next + index}`,
        taskQueue: 'bench',
        args: [
          {
            component: 'keboola.ex-http',
            configData: { parameters: { sandbox: { durationSeconds: 36_000 } } },
          },
        ],
      }),
    );
    await Promise.all(starts);
  }
}

/** The worker tells its memory after a collection whenever it is asked. */
function rssOf(worker) {
  return new Promise((resolve) => {
    worker.once('message', resolve);
    worker.send('memory');
  });
}

async function main() {
  const cli = await resolveTemporalCli({
    path: env['PATH'],
    cacheFolder: defaultCacheFolder(env),
    temporalCliPath: env['TEMPORAL_CLI_PATH'],
  });
  const server = await startDevServer({ cli: cli.path, headless: true });
  const sandbox = await startSandbox();
  await sandbox.settings({ workers: MANY, parallelLimit: 'off' });
  const connection = await Connection.connect({ address: server.address });
  const client = new Client({ connection });
  const worker = spawn(execPath, ['--expose-gc', fileURLToPath(new URL('memory-worker.js', import.meta.url))], {
    env: { ...env, BENCH_TEMPORAL: server.address, BENCH_KEBOOLA: sandbox.url, BENCH_TOKEN: sandbox.token },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  try {
    await startJobs(client, 0, FEW);
    await settled(sandbox, FEW);
    const few = await rssOf(worker);
    stdout.write(`${FEW} waiting jobs: ${(few / 1024 ** 2).toFixed(0)} MiB\n`);
    await startJobs(client, FEW, MANY);
    await settled(sandbox, MANY);
    const many = await rssOf(worker);
    stdout.write(`${MANY} waiting jobs: ${(many / 1024 ** 2).toFixed(0)} MiB\n`);
    const slopeKb = (many - few) / (MANY - FEW) / 1_000;
    stdout.write(`${slopeKb.toFixed(0)} kB per waiting job; the bar is ${BAR_KB} kB\n`);
    return slopeKb <= BAR_KB ? 0 : 1;
  } finally {
    worker.kill('SIGKILL');
    await connection.close();
    await sandbox.close();
    await server.stop();
  }
}

exit(await main());
