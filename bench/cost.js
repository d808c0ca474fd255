// What a job costs, beside what people write themselves: processor time by process, events, requests, and how late the
// caller hears. bench/README.md says how it is measured.
//
//   npm run bench:cost                                                   about eight minutes
//   npm run bench:cost -- --durations 0.3,8,120,3600,28800 --jobs 100 --rounds 7
//   npm run bench:cost -- --rows create,plain,timer --durations 8 --out cost.json --picture docs/pictures/cost.svg
import { mkdirSync, writeFileSync } from 'node:fs';
import process, { argv, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { costOptions } from './cost/options.js';
import { answeredBars } from './cost/report/bars.js';
import { costPicture } from './cost/report/picture.js';
import { costTable } from './cost/report/table.js';
import { machine } from './processes/machine.js';
import { countLeaping, measureReal, REAL_SECONDS_MAX } from './cost/run/measure.js';
import { Processes } from './processes/processes.js';

const RESULTS = fileURLToPath(new URL('./results/', import.meta.url));
const WORKFLOWS = fileURLToPath(new URL('./cost/programs/plain-workflows.js', import.meta.url));

const options = costOptions(argv.slice(2));
const startedMs = Date.now();
const results = await measure();
report(results);
process.exitCode = results.bars.every(({ isMet }) => isMet) ? 0 : 1;
process.exit();

async function measure() {
  const { code } = await bundleWorkflowCode({ workflowsPath: WORKFLOWS, logger: new DefaultLogger('ERROR') });
  const real = { ...options, durations: options.durations.filter((seconds) => seconds <= REAL_SECONDS_MAX) };
  const leaping = { ...options, durations: options.durations.filter((seconds) => seconds > REAL_SECONDS_MAX) };
  const processes = new Processes();
  let measured = { figures: [], idle: {}, cells: [] };
  try {
    if (real.durations.length > 0) measured = await processes.during(measureReal(processes, real, code));
  } finally {
    await processes.stop();
  }
  const cells = [...measured.cells, ...(await countLeaping(leaping, measured.cells, code))];
  return { machine: await machine(), ...options, ...measured, cells, bars: answeredBars(cells) };
}

function report({ machine: on, cells, bars }) {
  stdout.write(`keboola-temporal ${on.package}, node ${on.node}, Temporal SDK ${on.sdk}, ${on.temporal}\n`);
  stdout.write(
    `${on.cores} cores ${on.processor}, ${on.memoryGib} GiB, Linux ${on.kernel}; ${options.jobs} jobs a run, `,
  );
  stdout.write(`${options.rounds} rounds, ${Math.round((Date.now() - startedMs) / 1_000)} s\n`);
  for (const seconds of options.durations) stdout.write(`\n${costTable(seconds, cells, options.rows)}\n`);
  stdout.write(`\n${busyText(cells)}\n~ is extrapolated by counted reads.\n`);
  for (const { what, value, max, isMet } of bars) {
    stdout.write(`${what}: ${value.toFixed(2)} (bar: <= ${max}, ${isMet ? 'met' : 'missed'})\n`);
  }
  write(options.out ?? defaultOut(), JSON.stringify(results, undefined, 1));
  if (options.picture !== undefined) write(options.picture, costPicture(cells, options.rows));
}

/** On a machine that is saturated reads come late, and look cheap. */
function busyText(cells) {
  const busy = cells.flatMap((cell) => (cell.busy === undefined ? [] : [cell.busy]));
  if (busy.length === 0) return 'Nothing was measured in real time.';
  return `The machine worked on ${Math.max(...busy).toFixed(1)} of its cores in the busiest cell, with all that others did.`;
}

function defaultOut() {
  mkdirSync(RESULTS, { recursive: true });
  return `${RESULTS}cost-${new Date(startedMs).toISOString().replaceAll(':', '-')}.json`;
}

function write(path, text) {
  writeFileSync(path, text);
  stdout.write(`${path}\n`);
}
