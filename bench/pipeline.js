// A pipeline of 1,000 jobs: how long it takes, what it costs the worker, and how large its history is. Temporal, Keboola
// and the worker are processes of their own.
//
//   npm run bench:pipeline
//   npm run bench:pipeline -- --jobs 100     for a busy machine
import process, { stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { KeboolaClient } from '../dist/client.js';
import { Helper } from './processes/helper.js';
import { startTemporal } from './processes/temporal.js';
import { within } from './processes/within.js';

const MINUTES_MAX = 10;
/** Where Temporal begins to warn of a history. */
const EVENTS_MAX = 10_240;
const BYTES_MAX = 10 * 1024 * 1024;
const MIB = 1024 * 1024;

const PHASES = 10;
const JOB_SECONDS = 3;
const SPEED = 10;
const PROGRESS_MS = 10_000;
/** Each run but the last goes on in another one; more than this would be a loop. */
const RUNS_MAX = 20;

const { values } = parseArgs({
  options: { jobs: { type: 'string', default: '1000' }, parallel: { type: 'string', default: '100' } },
});
const JOBS = Math.max(PHASES, Number(values.jobs));

const closing = [];
/** Reject when a process ends that should not. */
const endings = [];
try {
  // Some minutes more than the bar, to tell by how much it is missed.
  const figures = await within((MINUTES_MAX + 5) * 60_000, Promise.race([measure(), ...endings]));
  process.exitCode = report(figures) ? 0 : 1;
} finally {
  for (const close of closing.reverse()) await close();
}
process.exit();

async function measure() {
  const server = await startTemporal();
  closing.push(() => server.stop());
  const [keboola] = await helper('./sandbox.js', { args: ['1', String(SPEED)] }).hear();
  const worker = helper('./worker.js');
  await worker.ask({ address: server.address, keboolas: [{ ...keboola, name: 'default' }] });
  const connection = await Connection.connect({ address: server.address });
  closing.push(() => connection.close());
  const client = new Client({ connection });
  const idle = await worker.ask('usage');
  const startedMs = Date.now();
  const { handle } = await new KeboolaClient({ client }).startPipeline(thePipeline());
  const progress = setInterval(() => void tellProgress(keboola, startedMs), PROGRESS_MS);
  const result = await handle.result().finally(() => clearInterval(progress));
  const seconds = (Date.now() - startedMs) / 1_000;
  const busy = await worker.ask('usage');
  const runs = await runsOf(client, handle);
  return { seconds, idle, busy, runs, status: result.status, ...(await countersOf(keboola)) };
}

/** Inline configurations, because jobs of a stored one wait for each other. */
function thePipeline() {
  const job = {
    component: 'keboola.ex-http',
    configData: { parameters: { sandbox: { durationSeconds: JOB_SECONDS } } },
  };
  const sizes = Array.from({ length: PHASES }, (_, at) => Math.floor((JOBS + at) / PHASES));
  const phases = sizes.map((size, at) => ({
    name: `phase ${at + 1}`,
    tasks: Array.from({ length: size }, (_, task) => ({ id: `job-${at + 1}-${task + 1}`, job })),
  }));
  return { name: 'bench', phases, maxParallel: Number(values.parallel) };
}

/** The runs of the pipeline, first to last, with the size of each history. */
async function runsOf(client, { workflowId, runId }) {
  const runs = [];
  for (let next = runId; next && runs.length < RUNS_MAX;) {
    const run = client.workflow.getHandle(workflowId, next);
    const [{ historySize }, { events }] = await Promise.all([run.describe(), run.fetchHistory()]);
    runs.push({ events: events.length, bytes: historySize });
    next = events.at(-1).workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return runs;
}

async function countersOf({ url }) {
  const { posts, jobs } = await (await fetch(`${url}/_sandbox/counters`)).json();
  return { posts, jobs };
}

async function tellProgress(keboola, startedMs) {
  const { jobs } = await countersOf(keboola);
  stderr.write(`${jobs} of ${JOBS} jobs created, ${Math.round((Date.now() - startedMs) / 1_000)} s\n`);
}

function helper(file, options) {
  const started = new Helper(file, options);
  closing.push(() => started.stop());
  endings.push(started.ended);
  return started;
}

/** @returns whether every bar is met. */
function report({ seconds, idle, busy, runs, status, posts, jobs }) {
  const cpuMs = ((busy.cpuSeconds - idle.cpuSeconds) / jobs) * 1_000;
  stdout.write(`node ${process.version}, a pipeline of ${JOBS} jobs, ${values.parallel} at a time: ${status}\n`);
  stdout.write(`worker: ${(cpuMs / 1_000).toFixed(3)} s of CPU time per job, RSS ${mib(idle.rssBytes)} idle, `);
  stdout.write(`${mib(busy.rssBytesMax)} at most, ${mib(busy.rssBytes)} at the end\n`);
  runs.forEach(({ events, bytes }, at) => {
    stdout.write(`history of run ${at + 1}: ${events} events, ${mib(bytes)}\n`);
  });
  const bars = [
    [`all of the ${JOBS} jobs run`, jobs === JOBS && status === 'success'],
    [`creates / jobs ${(posts / jobs).toFixed(3)} (bar: 1.000)`, posts === jobs],
    [`duration ${Math.round(seconds)} s (bar: <= ${MINUTES_MAX * 60} s)`, seconds <= MINUTES_MAX * 60],
    [`events per run (bar: <= ${EVENTS_MAX})`, runs.every(({ events }) => events <= EVENTS_MAX)],
    [`bytes per run (bar: <= ${mib(BYTES_MAX)})`, runs.every(({ bytes }) => bytes <= BYTES_MAX)],
  ];
  for (const [what, isMet] of bars) stdout.write(`${what}: ${isMet ? 'met' : 'missed'}\n`);
  return bars.every(([, isMet]) => isMet);
}

function mib(bytes) {
  return `${(bytes / MIB).toFixed(1)} MiB`;
}
