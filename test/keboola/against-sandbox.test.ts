import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WhatToRun } from '../../src/job/create/creation.js';
import type { JobApi } from '../../src/keboola/jobs/job-api.js';
import type { SyrupJobApi } from '../../src/keboola/syrup/syrup-job-api.js';
import { createClock, startSandbox, type ControlledClock, type Sandbox } from '../../src/sandbox/index.js';
import { connect } from '../support/fake-stack.js';
import { syrupJobs } from '../support/syrup-jobs.js';

const DOCKER = { component: 'keboola.ex-http', config: 'success' };
const VARIABLES = { values: [{ name: 'day', value: '2024-01-15' }] };

let sandbox: Sandbox<ControlledClock>;

beforeAll(async () => {
  const clock = createClock({});
  clock.pause();
  sandbox = await startSandbox({ clock });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function jobsOf(token = sandbox.token): Promise<SyrupJobApi> {
  return await syrupJobs(connect(sandbox.url, token));
}

async function create(jobs: JobApi, component: string, config: string, runId = '900000000000001'): Promise<string> {
  const prepared = await jobs.prepareCreate({ connection: 'default', project: '1134', component, config, runId });
  return (await prepared.send()).jobId;
}

describe('against the sandbox', () => {
  test('a native application runs from creation to success', async () => {
    const jobs = await jobsOf();
    const jobId = await create(jobs, 'ex-db', 'sampledatabase');
    expect((await jobs.get(jobId)).view).toMatchObject({
      jobId,
      status: 'waiting',
      component: 'ex-db',
      config: 'sampledatabase',
    });
    sandbox.clock.advance(60_000);
    const { view, serverTime } = await jobs.get(jobId);
    expect(view).toMatchObject({ status: 'success', isFinished: true });
    expect(view.runId).toMatch(/^900000000000001\.\d+$/);
    expect(Date.parse(serverTime ?? '')).toBeCloseTo(sandbox.clock.now(), -4);
  });

  test.each<[string, WhatToRun, object]>([
    ['a row', { ...DOCKER, rows: ['7'] }, { row: '7', mode: 'run' }],
    ['a tag', { ...DOCKER, tag: '1.2.3' }, { tag: '1.2.3', mode: 'run' }],
    ['a branch', { ...DOCKER, branchId: '77' }, { branchId: '77', mode: 'run' }],
    ['a tag in a branch', { ...DOCKER, branchId: '77', tag: '1.2.3' }, { branchId: '77', tag: '1.2.3' }],
    ['a debug run', { ...DOCKER, mode: 'debug' }, { mode: 'debug' }],
    ['a debug run in a branch', { ...DOCKER, mode: 'debug', branchId: '77' }, { mode: 'debug', branchId: '77' }],
    ['stored variables', { ...DOCKER, variableValuesId: '9' }, { variableValuesId: '9' }],
    ['inline variables', { ...DOCKER, variableValuesData: VARIABLES }, { variableValuesData: VARIABLES }],
  ])('%s reaches the docker application', async (_, what, params) => {
    const jobs = await jobsOf();
    expect(await jobs.problemsOf(what)).toEqual([]);
    await (
      await jobs.prepareCreate({ connection: 'default', project: '1134', runId: '900000000000001', ...what })
    ).send();
    const [job] = await sandbox.jobs();
    expect(job?.params).toEqual({ mode: 'run', config: 'success', component: DOCKER.component, ...params });
  });

  test('own fields reach a native application as they are, and nothing else is let through', async () => {
    const jobs = await jobsOf();
    const what: WhatToRun = { component: 'ex-db', params: { config: 'sampledatabase', row: 7 } };
    expect(await jobs.problemsOf(what)).toEqual([]);
    await (
      await jobs.prepareCreate({ connection: 'default', project: '1134', runId: '900000000000001', ...what })
    ).send();
    const [job] = await sandbox.jobs();
    expect(job).toMatchObject({ component: 'ex-db', params: what.params });
    expect(await jobs.problemsOf({ ...what, tag: '1' })).toMatchObject([{ path: 'tag' }]);
    expect(await jobs.problemsOf({ ...DOCKER, params: {} })).toMatchObject([{ path: 'params' }]);
  });

  test('a docker component shows itself and not the application that runs it', async () => {
    const jobs = await jobsOf();
    const jobId = await create(jobs, 'keboola.ex-http', 'success');
    sandbox.clock.advance(60_000);
    expect((await jobs.get(jobId)).view).toMatchObject({
      jobId,
      status: 'success',
      component: 'keboola.ex-http',
      config: 'success',
      durationSeconds: 3,
    });
  });

  test.each([
    ['user-error', { status: 'error', error: 'user', message: 'Table "orders" does not exist.' }],
    ['application-error', { status: 'error', error: 'application' }],
    ['warning', { status: 'warning' }],
  ])('the configuration %s ends as it says', async (config, end) => {
    const jobs = await jobsOf();
    const jobId = await create(jobs, 'keboola.ex-http', config);
    sandbox.clock.advance(60_000);
    expect((await jobs.get(jobId)).view).toMatchObject(end);
  });

  test('a running job is killed: asked first, dead later', async () => {
    const jobs = await jobsOf();
    const jobId = await create(jobs, 'keboola.ex-http', 'slow');
    sandbox.clock.advance(10_000);
    await jobs.kill(jobId);
    expect((await jobs.get(jobId)).view.status).toBe('terminating');
    sandbox.clock.advance(10_000);
    expect((await jobs.get(jobId)).view).toMatchObject({
      status: 'terminated',
      terminatedBy: 'ondrej.popelka@keboola.com',
    });
    await expect(jobs.kill(jobId)).rejects.toMatchObject({ kind: 'refused' });
  });

  test('a waiting job that is killed never runs', async () => {
    const jobs = await jobsOf();
    const jobId = await create(jobs, 'keboola.ex-http', 'slow');
    await jobs.kill(jobId);
    expect((await jobs.get(jobId)).view.status).toBe('cancelled');
  });

  test('a list below a run id finds its jobs, the newest first, and nobody else', async () => {
    const jobs = await jobsOf();
    const first = await create(jobs, 'keboola.ex-http', 'slow', '900000000000001');
    const second = await create(jobs, 'keboola.ex-db-mysql', 'slow', '900000000000001');
    await create(jobs, 'ex-db', 'sampledatabase', '900000000000002');
    sandbox.clock.advance(10_000);
    const { jobs: views, isWhole } = await jobs.list({ belowRunId: '900000000000001', limit: 10 });
    expect({ ids: views.map(({ jobId }) => jobId), isWhole }).toEqual({ ids: [second, first], isWhole: true });
    const secondPage = await jobs.list({ belowRunId: '900000000000001', limit: 1, offset: 1 });
    expect(secondPage).toMatchObject({ jobs: [{ jobId: first }], isWhole: false });
    expect((await jobs.list({ belowRunId: '9000*', limit: 10 })).jobs).toEqual([]);
  });

  test('a list of what has ended since a moment holds each end from that second on, and nothing that runs', async () => {
    const jobs = await jobsOf();
    const first = await create(jobs, 'keboola.ex-http', 'success');
    sandbox.clock.advance(60_000);
    const ended = (await jobs.get(first)).view.endTime ?? '';
    const second = await create(jobs, 'keboola.ex-http', 'user-error');
    sandbox.clock.advance(60_000);
    const killed = await create(jobs, 'keboola.ex-http', 'slow');
    sandbox.clock.advance(10_000);
    await jobs.kill(killed);
    sandbox.clock.advance(10_000);
    const running = await create(jobs, 'keboola.ex-http', 'slow');
    sandbox.clock.advance(10_000);
    expect((await jobs.get(running)).view.status).toBe('processing');
    const finishedSince = async (ms: number): Promise<string[]> => {
      const since = new Date(Date.parse(ended) + ms).toISOString();
      return (await jobs.list({ finishedSince: since, limit: 10 })).jobs.map(({ jobId }) => jobId);
    };
    expect(await finishedSince(0)).toEqual([killed, second, first]);
    expect(await finishedSince(999)).toEqual([killed, second, first]);
    expect(await finishedSince(1_000)).toEqual([killed, second]);
    expect(await finishedSince(600_000)).toEqual([]);
  });

  test('a job that nobody has is not found', async () => {
    await expect((await jobsOf()).get('1')).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('a project on Queue v2 is told apart, unless the connection says an API', async () => {
    expect(await connect(sandbox.url, '4444-1-queuev2').dialect()).toBe('queue');
    expect(await connect(sandbox.url, sandbox.token).dialect()).toBe('syrup');
  });

  test('a token that nobody has is refused, and a disabled project is under maintenance', async () => {
    await expect(connect(sandbox.url, '1-1-nobody').facts()).rejects.toMatchObject({ kind: 'unauthorized' });
    await expect(connect(sandbox.url, '3333-1-disabled').facts()).rejects.toMatchObject({ kind: 'maintenance' });
  });

  test('a read-only token cannot create', async () => {
    const jobs = await jobsOf('1134-53045-readonly');
    await expect(create(jobs, 'keboola.ex-http', 'success')).rejects.toMatchObject({ kind: 'refused' });
    expect(await sandbox.jobs()).toEqual([]);
  });

  test('an unknown component is told with the nearest known one', async () => {
    expect(await connect(sandbox.url, sandbox.token).components.missing('keboola.ex-db-mysq')).toBe(
      'component "keboola.ex-db-mysq" does not exist. Did you mean "keboola.ex-db-mysql"?',
    );
  });
});
