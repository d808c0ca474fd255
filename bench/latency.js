// How long after a job's end its caller has the answer: jobs of three seconds, one after another, on a quiet machine.
// Both ends are read from one clock, the sandbox's, which at speed 1 is this machine's.
//
//   npm run bench                 30 jobs
//   npm run bench -- --jobs 100
//   npm run bench -- --watched    the ends are told by a watcher, which costs less and is later than looking every second
import process, { env, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { KeboolaClient } from '../dist/client.js';
import { defaultCacheFolder } from '../dist/dev/install/cache-folder.js';
import { startDevServer } from '../dist/dev/dev-server.js';
import { resolveTemporalCli } from '../dist/dev/install/temporal-cli.js';
import { startSandbox } from '../dist/sandbox/index.js';
import { createWorker } from '../dist/worker.js';

const JOB_SECONDS = 3;
const PICK_UP_SECONDS = 0.2;
const LATENCY_MS_P95_MAX = { timer: 1_500, watched: 2_300 };
const ATTRIBUTES = ['Project', 'Component', 'Config', 'JobId', 'RunId', 'Status'].map((name) => `Keboola${name}`);

const { values } = parseArgs({
  options: { jobs: { type: 'string', default: '30' }, watched: { type: 'boolean', default: false } },
});
const [how, latencyMsMax] = values.watched
  ? ['watched', LATENCY_MS_P95_MAX.watched]
  : ['by timer', LATENCY_MS_P95_MAX.timer];
const latencies = await measure(Number(values.jobs));
const [p50, p95, max] = [0.5, 0.95, 1].map((share) => percentile(latencies, share));
stdout.write(
  `node ${process.version}, ${latencies.length} jobs of ${JOB_SECONDS} s ${how}, end of the job to answer:\n`,
);
stdout.write(`p50 ${p50} ms, p95 ${p95} ms, max ${max} ms (bar: p95 <= ${latencyMsMax} ms)\n`);
process.exitCode = p95 <= latencyMsMax ? 0 : 1;

async function measure(jobs) {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const cli = await resolveTemporalCli({ path: env['PATH'], cacheFolder: defaultCacheFolder(env) });
  const searchAttributes = Object.fromEntries(ATTRIBUTES.map((name) => [name, 'Keyword']));
  const server = await startDevServer({ cli: cli.path, headless: true, searchAttributes });
  const sandbox = await startSandbox({ pickUpDelaySeconds: PICK_UP_SECONDS });
  const nativeConnection = await NativeConnection.connect({ address: server.address });
  const connection = await Connection.connect({ address: server.address });
  const worker = await createWorker({
    connection: nativeConnection,
    connections: [{ name: 'default', url: sandbox.url, token: () => sandbox.token, watch: values.watched }],
  });
  const keboola = new KeboolaClient({ client: new Client({ connection }) });
  try {
    return await worker.runUntil(() => runOneByOne(keboola, sandbox, jobs));
  } finally {
    await connection.close();
    await nativeConnection.close();
    await sandbox.close();
    await server.stop();
  }
}

async function runOneByOne(keboola, sandbox, jobs) {
  const latencies = [];
  for (let count = 0; count < jobs; count++) {
    const job = await keboola.run({ component: 'ex-db', config: 'sampledatabase' });
    const answeredMs = sandbox.clock.now();
    const created = sandbox.requests.findLast(({ jobId, route }) => route === 'create' && jobId === job.jobId);
    latencies.push(Math.round(answeredMs - Date.parse(created.time) - (PICK_UP_SECONDS + JOB_SECONDS) * 1_000));
  }
  return latencies.sort((a, b) => a - b);
}

function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}
