// How much memory of the worker a waiting job takes: the slope of its resident memory (RSS) between 1,000 and 3,000
// workflows that wait, all of them in the worker's cache. Temporal, Keboola and worker are processes of their own.
//
//   npm run bench:memory
//   npm run bench:memory -- --jobs 600     from 200 to 600, for a busy machine
import process, { stderr, stdout } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { KeboolaClient } from '../dist/client.js';
import { Keboola } from './memory/keboola.js';
import { Helper } from './processes/helper.js';
import { startTemporal } from './processes/temporal.js';
import { within } from './processes/within.js';

const KILOBYTES_MAX = 250;
/** Young jobs are looked at often, so they are made in batches, each with a Keboola that then asks for a rest. */
const BATCH = 100;
const { values } = parseArgs({ options: { jobs: { type: 'string', default: '3000' } } });
const MANY = BATCH * Math.ceil(Number(values.jobs) / BATCH);
const FEW = BATCH * Math.ceil(MANY / BATCH / 3);
/** None may be dropped from the cache: what is not there costs nothing, and a replay at the next look. */
const CACHED_MAX = 2 * MANY;
const JOB_SECONDS = 86_400;
const SETTLE_MS = 10_000;
const TIME_MS_MAX = 20 * 60_000;

const COLLECT_GARBAGE = fileURLToPath(new URL('./memory/collect-garbage.cjs', import.meta.url));

const closing = [];
/** Reject when a process ends that should not. */
const endings = [];
try {
  const [few, many] = await within(TIME_MS_MAX, measure());
  const kilobytes = (many - few) / (MANY - FEW) / 1_000;
  const isMet = kilobytes <= KILOBYTES_MAX;
  const [fewText, manyText] = [few, many].map((bytes) => `${Math.round(bytes / 1_000_000)} MB`);
  stdout.write(
    `node ${process.version}, RSS of the worker: ${fewText} with ${FEW} waiting jobs, ${manyText} with ${MANY}\n`,
  );
  stdout.write(
    `${Math.round(kilobytes)} kB per waiting job (bar: <= ${KILOBYTES_MAX} kB, ${isMet ? 'met' : 'missed'})\n`,
  );
  process.exitCode = isMet ? 0 : 1;
} finally {
  for (const close of closing.reverse()) await close();
}
process.exit();

async function measure() {
  const { client, keboolas, worker } = await setUp();
  const figures = [];
  for (const [index, { name, keboola }] of keboolas.entries()) {
    await Promise.race([makeBatch(client, name, keboola), ...endings]);
    const jobs = (index + 1) * BATCH;
    stderr.write(`${jobs} of ${MANY} jobs wait\n`);
    if (jobs !== FEW && jobs !== MANY) continue;
    await sleep(SETTLE_MS);
    figures.push(await rssBytes(worker, jobs));
  }
  return figures;
}

async function rssBytes(worker, jobs) {
  const { rssBytes, cached } = await worker.ask('memory');
  if (cached !== jobs) throw new Error(`${cached} of ${jobs} workflows are in the cache: the figure would be wrong`);
  return rssBytes;
}

async function setUp() {
  const server = await startTemporal();
  closing.push(() => server.stop());
  const sandboxes = helper('./sandbox.js', { args: [String(MANY / BATCH)] });
  const keboolas = (await sandboxes.hear()).map((one, index) => ({ ...one, name: `batch-${index + 1}`, watch: false }));
  const worker = helper('./worker.js', { execArgv: ['--expose-gc', '--require', COLLECT_GARBAGE] });
  await worker.ask({ address: server.address, keboolas, maxCachedWorkflows: CACHED_MAX });
  const connection = await Connection.connect({ address: server.address });
  closing.push(() => connection.close());
  return {
    client: new KeboolaClient({ client: new Client({ connection }) }),
    keboolas: keboolas.map(({ name, url }) => ({ name, keboola: new Keboola(url) })),
    worker,
  };
}

function helper(file, options) {
  const started = new Helper(file, options);
  closing.push(() => started.stop());
  endings.push(started.ended);
  return started;
}

/** Inline configurations, because a stored one lets only one job run at a time. */
async function makeBatch(client, connection, keboola) {
  await keboola.beSlow();
  const configData = { parameters: { sandbox: { durationSeconds: JOB_SECONDS } } };
  const input = { connection, component: 'keboola.ex-http', configData };
  await Promise.all(Array.from({ length: BATCH }, () => client.start(input)));
  await keboola.untilLookedAt(BATCH);
  await keboola.askForRest();
}
