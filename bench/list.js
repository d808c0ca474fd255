// How long a list takes where there are very many workflows: each page of all of them, what `list --watch` asks for, `tree`, and
// the command as a whole process; `list --watch` as a terminal draws it. And whether the memory of who reads them grows.
//
//   npm run bench:list                               10,000 that have finished and 1,000 that run, about seven minutes
//   npm run bench:list -- --finished 2000 --running 200
import { execFile } from 'node:child_process';
import process, { argv, env, execPath, stderr, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { KeboolaClient } from '../dist/client.js';
import { median } from './cost/report/statistics.js';
import { makeTree } from './list/tree.js';
import { watchFor } from './list/watching.js';
import { idOf, makeWorkflows, startOne, untilListed } from './list/workflows.js';
import { Processes } from './processes/processes.js';
import { startTemporal } from './processes/temporal.js';
import { within } from './processes/within.js';

const MS_MAX = 1_000;
const GROWTH_MB_MAX = 20;
const PAGE = 100;
const LOOKS = 20;
const CHILDREN = 100;
const WATCH_SECONDS = 60;
/** The pause between two looks of `list --watch`, and what a look may take. */
const CHANGE_MS_MAX = 2_000 + MS_MAX;
/** Of one processor. */
const WATCH_CPU_PERCENT_MAX = 25;
const TIME_MS_MAX = 30 * 60_000;
const CLI = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

const number = (fallback) => ({ type: 'string', default: fallback });
const { values } = parseArgs({ args: argv.slice(2), options: { finished: number('10000'), running: number('1000') } });
const counts = { finished: Number(values.finished), running: Number(values.running) };

const processes = new Processes();
try {
  const bars = await within(TIME_MS_MAX, processes.during(measure()));
  for (const { what, isMet } of bars) stdout.write(`${what}: ${isMet ? 'met' : 'missed'}\n`);
  process.exitCode = bars.every(({ isMet }) => isMet) ? 0 : 1;
} finally {
  await processes.stop();
}
process.exit();

async function measure() {
  const server = processes.keep(await startTemporal());
  const connection = await Connection.connect({ address: server.address });
  processes.keep({ stop: () => connection.close() });
  const client = new Client({ connection });
  const keboola = new KeboolaClient({ client });
  await makeWorkflows(client, counts, (made) => stderr.write(`${made} workflows\n`));
  await untilListed(client, counts);
  const { pages, growthMb } = await readAll(keboola);
  const looks = await timed(LOOKS, () => keboola.listPage({ limit: 20 }));
  const running = await timed(LOOKS, () => keboola.listPage({ limit: 20, running: true }));
  const thousand = await timed(LOOKS, () => keboola.listPage({ limit: 1_000, running: true }));
  const trees = await timed(LOOKS, () => keboola.tree(idOf(counts.finished + counts.running - 1)));
  const parent = await makeTree(client, server.address, CHILDREN);
  const large = await timed(LOOKS, () => keboola.tree(parent));
  const here = { ...env, TEMPORAL_ADDRESS: server.address };
  const command = await timed(3, () => promisify(execFile)(execPath, [CLI, 'list'], { env: here }));
  let next = counts.finished + counts.running;
  const change = () => startOne(client, next++);
  const watched = await watchFor({ cli: CLI, env: here, seconds: WATCH_SECONDS, change });
  return [
    bar(`a page of ${PAGE}, of ${pages.length}`, pages),
    bar('what `list --watch` asks for', looks),
    bar('the same, of those that run', running),
    bar('a look at 1,000 that run', thousand),
    bar('a tree', trees),
    bar(`a tree of ${CHILDREN} children`, large),
    bar('`list` as a whole process', command),
    {
      what: `memory grows by ${growthMb.toFixed(1)} MB over all pages (bar: <= ${GROWTH_MB_MAX})`,
      isMet: growthMb <= GROWTH_MB_MAX,
    },
    ...watchBars(watched),
  ];
}

/** Of `list --watch --limit 1000` at a terminal. */
function watchBars({ changesMs, cpuPercent, rssMb, growthMb }) {
  return [
    bar('a new workflow is drawn by `list --watch --limit 1000`', changesMs, CHANGE_MS_MAX),
    {
      what: `it uses ${cpuPercent.toFixed(0)} % of a processor (bar: <= ${WATCH_CPU_PERCENT_MAX} %)`,
      isMet: cpuPercent <= WATCH_CPU_PERCENT_MAX,
    },
    {
      what: `its ${rssMb.toFixed(0)} MB grow by ${growthMb.toFixed(1)} MB in ${WATCH_SECONDS} s (bar: <= ${GROWTH_MB_MAX})`,
      isMet: growthMb <= GROWTH_MB_MAX,
    },
  ];
}

/** Goes through all pages once. The first tenth of them is for the client to warm up. */
async function readAll(keboola) {
  const pages = [];
  let rssMb = 0;
  let jobs = 0;
  // Bounded by what there is.
  for (let after; ;) {
    const startedMs = performance.now();
    const page = await keboola.listPage({ limit: PAGE, ...(after && { after }) });
    pages.push(performance.now() - startedMs);
    jobs += page.jobs.length;
    if (jobs * 10 <= counts.finished + counts.running) rssMb = process.memoryUsage.rss() / 1e6;
    after = page.next;
    if (after === undefined) break;
  }
  if (jobs !== counts.finished + counts.running) throw new Error(`${jobs} jobs are listed`);
  return { pages, growthMb: process.memoryUsage.rss() / 1e6 - rssMb };
}

async function timed(times, act) {
  const all = [];
  for (let at = 0; at < times; at += 1) {
    const startedMs = performance.now();
    await act();
    all.push(performance.now() - startedMs);
  }
  return all;
}

function bar(what, allMs, msMax = MS_MAX) {
  const longest = Math.max(...allMs);
  const text = `${what}: median ${Math.round(median(allMs))} ms, longest ${Math.round(longest)} ms`;
  return { what: `${text} (bar: <= ${msMax} ms)`, isMet: longest <= msMax };
}
