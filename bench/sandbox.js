// What the sandbox costs with 3,000 waiting jobs: processor time of a read over HTTP, and of a list by run id.
//
//   npm run bench:sandbox
import process, { cpuUsage, stdout } from 'node:process';
import { createClock, startSandbox } from '../dist/sandbox/index.js';
import { Helper } from './processes/helper.js';

const JOBS = 3_000;
const ROUNDS = 4;
const READ_MS_MAX = 0.5;
const LIST_MS_MAX = 20;

const clock = createClock();
clock.pause();
const sandbox = await startSandbox({ clock, workers: 1 });
const client = new Helper('requests.js', { args: [sandbox.url, sandbox.token] });
const created = await client.ask({ create: JOBS });
clock.advance(5_000);
const read = await costMs(created.map(({ id }) => `/queue/job/${id}`));
const list = await costMs(created.slice(0, 100).map(({ runId }) => `/queue/jobs?q=runId:${runId}&limit=10`));
await client.stop();
await sandbox.close();
stdout.write(`node ${process.version}, ${JOBS} waiting jobs, processor time of the sandbox:\n`);
stdout.write(
  `a read ${read.toFixed(2)} ms (bar: ${READ_MS_MAX} ms), a list ${list.toFixed(1)} ms (bar: ${LIST_MS_MAX} ms)\n`,
);
process.exitCode = read <= READ_MS_MAX && list <= LIST_MS_MAX ? 0 : 1;

/** Of one request. The best of some rounds, because other processes of the machine share its caches. */
async function costMs(paths) {
  const costs = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = cpuUsage();
    const failed = await client.ask({ get: paths });
    if (failed > 0) throw new Error(`${failed} of ${paths.length} requests were not answered with 200`);
    const { user, system } = cpuUsage(before);
    costs.push((user + system) / 1_000 / paths.length);
  }
  return Math.min(...costs);
}
