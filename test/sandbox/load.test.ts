import { describe, expect, it } from 'vitest';
import { createFixture } from '../../src/sandbox/fixture/fixture.js';
import { buildServer } from '../../src/sandbox/http/server.js';
import { DEFAULT_SETTINGS } from '../../src/sandbox/settings.js';
import { listJobs } from '../../src/sandbox/api/syrup/list-jobs.js';
import { Simulation } from '../../src/sandbox/simulation.js';
import { createJob } from '../../src/sandbox/world/create-job.js';
import { costRatio } from '../support/cost-ratio.js';

// What a request costs in milliseconds is for `npm run bench:sandbox`; here only how the cost grows is looked at.
describe('with a thousand times as many waiting jobs', () => {
  it('a read costs the same', async () => {
    const [many, few] = [readerOf(30_000), readerOf(30)];
    expect(await costRatio(many, few)).toBeLessThan(10);
  });
});

describe('with eight times as many waiting jobs', () => {
  it('a list by run id, which looks at all of them, costs eight times as much and not sixty-four times', async () => {
    const [many, few] = [listerOf(8_000), listerOf(1_000)];
    expect(await costRatio(many, few)).toBeLessThan(30);
  });
});

function readerOf(jobs: number): () => Promise<void> {
  const { simulation, token, ids } = fullSimulation(jobs);
  const server = { simulation, origin: () => '', closing: new AbortController().signal };
  const app = buildServer(server, { simulation, key: undefined }, { host: '127.0.0.1', publicUrl: undefined });
  let sent = 0;
  return async () => {
    for (let count = 0; count < 200; count++) {
      const url = `/queue/job/${ids[sent++ % ids.length]}`;
      const { statusCode } = await app.inject({ url, headers: { 'x-storageapi-token': token } });
      if (statusCode !== 200) expect.unreachable(`the read of ${url} was answered with ${statusCode}`);
    }
  };
}

function listerOf(jobs: number): () => void {
  const { simulation, project } = fullSimulation(jobs);
  const query = new URLSearchParams({ q: 'runId:900000000000001.*', limit: '10' });
  return () => expect(listJobs(simulation, project, query)).toHaveLength(1);
}

function fullSimulation(jobs: number) {
  let nowMs = 1_600_000_000_000;
  const simulation = new Simulation({ now: () => nowMs }, createFixture({}), { ...DEFAULT_SETTINGS, workers: 1 });
  simulation.catchUpAtOnce();
  const { fixture, world } = simulation;
  const [project, component] = [fixture.projects[0]!, fixture.component('keboola.ex-http')!];
  for (let count = 0; count < jobs; count++) {
    const runIdPrefix = String(900_000_000_000_000 + count);
    const params = { configData: {}, component: component.id };
    const script = { durationSeconds: 3_600 };
    createJob(world, { project, token: project.tokens[0]!, component, params, runIdPrefix, script });
  }
  nowMs += 2_000;
  simulation.catchUpAtOnce();
  const ids = [...world.jobs.oldestFirst()].map(({ facts }) => facts.id);
  return { simulation, project, token: project.tokens[0]!.token, ids };
}
