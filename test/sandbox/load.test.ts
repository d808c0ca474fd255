import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createFixture } from '../../src/sandbox/fixture/fixture.js';
import { DEFAULT_SETTINGS } from '../../src/sandbox/knobs.js';
import { listJobs } from '../../src/sandbox/query/list-jobs.js';
import { Simulation } from '../../src/sandbox/simulation.js';
import { createJob } from '../../src/sandbox/world/create-job.js';
import { pausedSandbox, runScript } from './support.js';

const JOBS = 3_000;
const READS = 3_000;

/** A client in a process of its own, so that its work is not counted as the sandbox's. */
const CLIENT = `
const http = require('node:http');
const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
const [url, token, ids, reads] = [process.argv[1], process.argv[2], process.argv[3].split(','), Number(process.argv[4])];
let sent = 0, bad = 0;
const next = () => new Promise((resolve, reject) => {
  const path = '/queue/job/' + ids[sent++ % ids.length];
  http.get(url + path, { agent, headers: { 'x-storageapi-token': token } }, (response) => {
    if (response.statusCode !== 200) bad++;
    response.resume().on('end', resolve);
  }).on('error', reject);
});
const lane = async () => { while (sent < reads) await next(); };
Promise.all(Array.from({ length: 8 }, lane)).then(() => { agent.destroy(); console.log(bad); });
`;

describe(`with ${JOBS} waiting jobs`, () => {
  it('a read costs less than 0.2 ms of CPU', { timeout: 60_000 }, async () => {
    const sandbox = await pausedSandbox({ workers: 1 });
    const ids: string[] = [];
    for (let count = 0; count < JOBS; count++) ids.push(await runScript(sandbox, { durationSeconds: 3_600 }));
    sandbox.clock.advance(5_000);
    const readAll = async (reads: number): Promise<number> => {
      const before = process.cpuUsage();
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['-e', CLIENT, sandbox.url, sandbox.token, ids.join(','), String(reads)],
        { maxBuffer: 1_000_000 },
      );
      expect(stdout.trim()).toBe('0');
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000 / reads;
    };
    await readAll(READS);
    // The best of three, because other processes of the machine share its caches.
    const costs = [await readAll(READS), await readAll(READS), await readAll(READS)];
    expect(Math.min(...costs)).toBeLessThan(0.2);
  });

  it('a list by run id looks at all of them in a few milliseconds', () => {
    const { simulation, project } = fullSimulation();
    const query = new URLSearchParams({ q: 'runId:900000000000001.*', limit: '10' });
    const listOnce = () => listJobs(simulation, project, query);
    for (let count = 0; count < 20; count++) expect(listOnce()).toHaveLength(1);
    const before = process.cpuUsage();
    for (let count = 0; count < 50; count++) listOnce();
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000 / 50).toBeLessThan(8);
  });
});

function fullSimulation() {
  let nowMs = 1_600_000_000_000;
  const simulation = new Simulation({ now: () => nowMs }, createFixture({}), { ...DEFAULT_SETTINGS, workers: 1 });
  simulation.catchUpAtOnce();
  const { fixture, world } = simulation;
  const [project, component] = [fixture.projects[0]!, fixture.component('keboola.ex-http')!];
  for (let count = 0; count < JOBS; count++) {
    const runIdPrefix = String(900_000_000_000_000 + count);
    const params = { configData: {}, component: component.id };
    createJob(world, { project, token: project.tokens[0]!, component, params, runIdPrefix, script: {} });
  }
  nowMs += 2_000;
  simulation.catchUpAtOnce();
  return { simulation, project };
}
