// What a job costs by other means, and what becomes of jobs when the worker is killed: doubled, lost, forgotten.
// bench/README.md says how it is measured and what it does not say.
//
//   npm run bench:peers                                                  about nine minutes
//   npm run bench:peers -- --rows node,bullmq,timer --durations 8 --jobs 40 --out peers.json
import { mkdirSync, writeFileSync } from 'node:fs';
import process, { argv, stderr, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { machine } from './processes/machine.js';
import { Processes } from './processes/processes.js';
import { peersOptions } from './peers/options.js';
import { peersTable } from './peers/report/table.js';
import { installPeers } from './peers/run/install.js';
import { killWorker } from './peers/run/kill.js';
import { measureCost } from './peers/run/measure.js';
import { PeerStack } from './peers/run/stack.js';

const RESULTS = fileURLToPath(new URL('./results/', import.meta.url));

const options = peersOptions(argv.slice(2));
const startedMs = Date.now();
await checkTools();
installPeers();
const results = [];
for (const row of options.rows) results.push(await resultsOf(row));
await report();
process.exit();

/** All at once, and before anything is measured. */
async function checkTools() {
  const missing = new Set();
  for (const row of options.rows) {
    const { findTools } = await import(`./peers/${row.folder}/server.js`);
    try {
      findTools?.(row);
    } catch (error) {
      missing.add(`${row.name}: ${error.message}, or leave the row out (--rows)`);
    }
  }
  if (missing.size === 0) return;
  stderr.write(`${[...missing].join('\n')}\n`);
  process.exit(1);
}

/** One row after another, each with servers of its own: what the others keep running would be measured as well. */
async function resultsOf(row) {
  const processes = new Processes();
  try {
    stderr.write(`${row.name}: starts\n`);
    const stack = await processes.during(PeerStack.open(processes, row));
    stderr.write(`${row.name}: ${stack.version}; what it costs\n`);
    const cells = await processes.during(measureCost(stack, options));
    stderr.write(`${row.name}: the worker is killed\n`);
    const aftermath = await processes.during(killWorker(stack, options.jobs));
    return { row, version: stack.version, cells, aftermath };
  } finally {
    await processes.stop();
  }
}

async function report() {
  const on = await machine();
  const seconds = Math.round((Date.now() - startedMs) / 1_000);
  stdout.write(
    `keboola-temporal ${on.package}, node ${on.node}, ${on.cores} cores ${on.processor}, ${on.memoryGib} GiB, `,
  );
  stdout.write(`Linux ${on.kernel}; ${options.jobs} jobs a run, ${seconds} s\n`);
  for (const { row, version } of results) stdout.write(`${row.name}: ${version}\n`);
  stdout.write(`\n${peersTable(results, options.durations)}\n`);
  const path = options.out ?? defaultOut();
  writeFileSync(path, JSON.stringify({ machine: on, ...options, results }, undefined, 1));
  stdout.write(`${path}\n`);
}

function defaultOut() {
  mkdirSync(RESULTS, { recursive: true });
  return `${RESULTS}peers-${new Date(startedMs).toISOString().replaceAll(':', '-')}.json`;
}
