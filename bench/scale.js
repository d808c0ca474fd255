// Very many waiting jobs on one worker and one dev server: what one job costs Temporal's database and Keboola, the memory of
// the worker, what all of them cost at rest, and what happens when the worker is killed.
//
//   npm run bench:scale                    10,000 jobs, about half an hour
//   npm run bench:scale -- --jobs 1000     for a machine that is busy
//   npm run bench:scale -- --jobs 100 --lives 60     whether it works
import { mkdirSync, writeFileSync } from 'node:fs';
import process, { argv, stderr, stdout } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine } from './processes/machine.js';
import { Processes } from './processes/processes.js';
import { within } from './processes/within.js';
import { capacityLines } from './scale/capacity.js';
import { difference, sample, share } from './scale/counters.js';
import { countWatched, Jobs } from './scale/jobs.js';
import { wholeLives } from './scale/lives.js';
import { reportOf } from './scale/report.js';
import { ScaleStack } from './scale/stack.js';

const options = { jobs: { type: 'string', default: '10000' }, lives: { type: 'string', default: '200' } };
const { values } = parseArgs({ args: argv.slice(2), options });
const JOBS = wholeNumber('jobs', 100);
const LIVES = wholeNumber('lives', 20);

const TIME_MS_MAX = 60 * 60_000;
const RESULTS = fileURLToPath(new URL('./results/', import.meta.url));
/** Before the first read, and after it: a job that ends within half an hour costs as much as the longer one. */
const LIFE_SECONDS = [8, 20];
const SETTLE_MS = 3_000;
const REST_MS = 60_000;
const QUIET_LOOK_MS = 10_000;
/** The canary, and what one or the other job still reads. */
const QUIET_READS_MAX = 3;
const COUNTS_MAX = 3;
/** The companion of the run, by which the project is watched from the beginning, and the watcher. */
const BESIDES = 2;

const processes = new Processes();
try {
  const figures = await within(TIME_MS_MAX, processes.during(measure()));
  process.exitCode = report({ machine: await machine(), jobs: JOBS, ...figures }) ? 0 : 1;
} finally {
  await processes.stop();
}
process.exit();

async function measure() {
  const stack = await ScaleStack.open(processes, 2 * JOBS);
  const jobs = new Jobs(stack.keboola);
  const companion = await jobs.untilWatched();
  tell('watched');
  const lives = [];
  for (const seconds of LIFE_SECONDS) lives.push(await wholeLives(stack, jobs, { count: LIVES, seconds }));
  tell(`${LIVES} jobs of ${LIFE_SECONDS.join(' and ')} s have run`);
  const empty = await stack.worker.ask('memory');
  const { handles, ...made } = await makeWaiting(stack, jobs);
  const memory = memoryOf(empty, await stack.worker.ask('memory'));
  tell('at rest');
  const rest = await stack.used(() => sleep(REST_MS));
  const all = [companion, ...handles];
  const restart = await restartWorker(stack, all);
  return { lives, made, memory, rest: { seconds: rest.seconds, perSecond: share(rest, rest.seconds) }, restart };
}

async function makeWaiting(stack, jobs) {
  const startedMs = Date.now();
  const handles = await jobs.startWaiting(JOBS, (count) => tell(`${count} of ${JOBS} jobs started`));
  const seconds = (Date.now() - startedMs) / 1_000;
  const quietMs = Date.now();
  await untilQuiet(stack);
  const untilQuietSeconds = (Date.now() - quietMs) / 1_000;
  const watched = await countUntilAll(handles);
  return { handles, seconds, startedPerSecond: JOBS / seconds, untilQuietSeconds, watched };
}

/** Until hardly any job is read. Bounded by the time limit of the whole bench. */
async function untilQuiet(stack) {
  for (;;) {
    const { requests } = await stack.used(() => sleep(QUIET_LOOK_MS));
    tell(`${requests.read} reads in ${QUIET_LOOK_MS / 1_000} s`);
    if (requests.read <= QUIET_READS_MAX) return;
  }
}

/** One that has been read in vain has the plain schedule for a while. */
async function countUntilAll(handles) {
  let watched = 0;
  for (let tries = 0; tries < COUNTS_MAX && watched < handles.length; tries += 1) {
    if (tries > 0) await sleep(REST_MS);
    watched = await countWatched(handles);
    tell(`${watched} of ${handles.length} rely on being watched`);
  }
  return watched;
}

function memoryOf(empty, full) {
  const kilobytesPerJob = (full.rssBytes - empty.rssBytes) / JOBS / 1_000;
  return { rssBytes: full.rssBytes, kilobytesPerJob, evicted: Math.max(0, JOBS + BESIDES - full.cached) };
}

async function restartWorker(stack, handles) {
  const before = await sample(stack);
  const killedMs = Date.now();
  await stack.killWorker();
  await stack.startWorker();
  while (!(await stack.isWatched(killedMs))) await sleep(QUIET_LOOK_MS / 20);
  const takeoverSeconds = (Date.now() - killedMs) / 1_000;
  tell(`watched again after ${takeoverSeconds} s`);
  await sleep(SETTLE_MS);
  const woken = difference(before, await sample(stack)).requests.read;
  let watched = 0;
  const replay = await stack.used(async () => {
    watched = await countWatched(handles);
  });
  const replayCpuMs = (replay.cpu.worker / handles.length) * 1_000;
  return { takeoverSeconds, woken, asked: handles.length, replaySeconds: replay.seconds, replayCpuMs, watched };
}

/** @returns whether every bar is met. */
function report(results) {
  const { package: version, node, sdk, temporal, cores, processor, memoryGib } = results.machine;
  stdout.write(`keboola-temporal ${version}, node ${node}, Temporal SDK ${sdk}, ${temporal}\n`);
  stdout.write(`${cores} cores ${processor}, ${memoryGib} GiB\n`);
  const { lines, bars } = reportOf(results);
  for (const line of lines) stdout.write(`${line}\n`);
  stdout.write('\nA million jobs per day:\n\n| figure | arithmetic | result |\n| --- | --- | --- |\n');
  for (const line of capacityLines(results.lives.at(-1), results.memory)) stdout.write(`${line}\n`);
  stdout.write('\n');
  for (const { what, isMet } of bars) stdout.write(`${what}: ${isMet ? 'met' : 'missed'}\n`);
  mkdirSync(RESULTS, { recursive: true });
  const out = `${RESULTS}scale-${new Date().toISOString().replaceAll(':', '-')}.json`;
  writeFileSync(out, JSON.stringify({ ...results, bars }, undefined, 1));
  stdout.write(`${out}\n`);
  return bars.every(({ isMet }) => isMet);
}

function wholeNumber(name, min) {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= min) return value;
  throw new Error(`--${name}: "${values[name]}" is no whole number from ${min} on`);
}

function tell(what) {
  stderr.write(`${new Date().toISOString().slice(11, 19)} ${what}\n`);
}
