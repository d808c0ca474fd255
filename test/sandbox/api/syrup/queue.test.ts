import { describe, expect, it } from 'vitest';
import {
  ask,
  containing,
  kill,
  list,
  matching,
  pausedSandbox,
  post,
  read,
  run,
  runScript,
  some,
} from '../../support.js';

const KILLER = { id: '53044', description: 'ondrej.popelka@keboola.com' };

describe('the life of a job', () => {
  it('goes from waiting over processing to its end, with process, times and wait as they become known', async () => {
    const sandbox = await pausedSandbox({ pickUpDelaySeconds: 2 });
    const id = await run(sandbox, 'success');
    const waiting = await read(sandbox, id);
    expect(waiting).toMatchObject({ status: 'waiting', startTime: null, endTime: null, isFinished: false });

    sandbox.clock.advance(2_000);
    const processing = await read(sandbox, id);
    expect(processing).toMatchObject({ status: 'processing', endTime: null, waitSeconds: null, isFinished: false });
    expect(processing['startTime']).toBe('2016-05-15T18:14:49+02:00');
    expect(processing['process']).not.toEqual(waiting['process']);

    sandbox.clock.advance(2_999);
    expect((await read(sandbox, id)).status).toBe('processing');
    sandbox.clock.advance(1);
    expect(await read(sandbox, id)).toMatchObject({
      status: 'success',
      isFinished: true,
      error: null,
      usage: [],
      endTime: '2016-05-15T18:14:52+02:00',
      durationSeconds: 3,
      waitSeconds: 2,
      result: { message: 'Component processing finished.', images: some(Array), configVersion: '1' },
    });
  });

  it.each([
    ['user-error', 'error', 'user', /orders/],
    ['application-error', 'error', 'application', /contact support/],
    ['warning', 'warning', null, /skipped/],
    ['no-such-configuration', 'error', 'user', /no-such-configuration .*not found/],
  ])('ends configuration %s as %s with error %s', async (config, status, error, message) => {
    const sandbox = await pausedSandbox();
    const id = await run(sandbox, config);
    sandbox.clock.advance(5_000);
    const job = await read(sandbox, id);
    expect(job).toMatchObject({ status, error, isFinished: true });
    expect(job['result']).toMatchObject({
      message: matching(message),
      exceptionId: matching(/^docker-[0-9a-f]{32}$/),
    });
  });

  it('does what an inline script says', async () => {
    const sandbox = await pausedSandbox();
    const script = { durationSeconds: 7, status: 'error', error: null, message: 'Boom', result: { rows: 3 } };
    const id = await runScript(sandbox, script);
    sandbox.clock.advance(7_199);
    expect((await read(sandbox, id)).status).toBe('processing');
    sandbox.clock.advance(1);
    expect(await read(sandbox, id)).toMatchObject({
      status: 'error',
      error: null,
      result: { message: 'Boom', rows: 3 },
    });
  });
});

describe('a parent', () => {
  it('spawns children under its own run id and waits for the last of them', async () => {
    const sandbox = await pausedSandbox();
    const children = [
      { component: 'keboola.ex-db-mysql', config: 'success' },
      { component: 'ex-db', config: 'sampledatabase', durationSeconds: 20, afterSeconds: 5 },
    ];
    const id = await runScript(sandbox, { durationSeconds: 1, children }, { 'x-kbc-runid': '42' });
    sandbox.clock.advance(6_500);
    const [native, docker, parent] = await list(sandbox, { q: 'runId:42.*' });
    expect(docker).toMatchObject({ runId: `${parent?.runId}.186985835`, nestingLevel: 2, status: 'success' });
    expect(native).toMatchObject({ component: 'ex-db', params: { config: 'sampledatabase' }, nestingLevel: 2 });
    expect(native?.['lockName']).toBe('ex-db-1134-sampledatabase');

    sandbox.clock.advance(18_899);
    expect((await read(sandbox, id)).status).toBe('processing');
    sandbox.clock.advance(1);
    expect(await read(sandbox, id)).toMatchObject({ status: 'success', durationSeconds: 25 });
    expect(sandbox.counters).toMatchObject({ posts: 1, jobs: 1, jobsInWorld: 3 });
  });

  it.each(['user-error', 'warning'])('becomes a warning when a child ends as %s', async (config) => {
    const sandbox = await pausedSandbox();
    const children = [{ component: 'keboola.ex-db-mysql', config }, { component: 'keboola.ex-db-mysql' }];
    const id = await runScript(sandbox, { children });
    sandbox.clock.advance(10_000);
    const job = await read(sandbox, id);
    expect(job).toMatchObject({ status: 'warning', result: { message: '1 of 2 child jobs failed.' } });
  });

  it('has grandchildren in the built-in fixture, and all of them succeed', async () => {
    const sandbox = await pausedSandbox();
    await run(sandbox, 'grandparent');
    sandbox.clock.advance(20_000);
    const jobs = await sandbox.jobs();
    expect(jobs.map(({ status, nestingLevel }) => [status, nestingLevel])).toEqual([
      ['success', 0],
      ['success', 1],
      ...Array.from({ length: 3 }, () => ['success', 2]),
    ]);
  });

  it('that spawns itself does not spawn without end', async () => {
    const script = { durationSeconds: 0, children: [{ component: 'loop' }, { component: 'loop' }] };
    const component = { id: 'loop', kind: 'docker' as const, name: 'Loop', script };
    const project = { id: 1, name: 'P', tokens: [{ token: 't', id: '1', description: 'd' }] };
    const fixture = { components: [component], projects: [project] };
    const sandbox = await pausedSandbox({ fixture, workers: 3_000 });
    const { json } = await post(sandbox, '/docker/loop/run', { configData: {} });
    sandbox.clock.advance(60_000);
    expect(await read(sandbox, json.id)).toMatchObject({ status: 'warning' });
    expect(sandbox.counters.jobsInWorld).toBe(2 ** 11 - 1);
  });
});

describe('killing a job', () => {
  it('cancels a waiting job at once, and it never runs', async () => {
    const sandbox = await pausedSandbox();
    const id = await run(sandbox, 'success');
    const { status, json } = await kill(sandbox, id);
    expect([status, json]).toEqual([202, { message: some(String) }]);
    sandbox.clock.advance(10_000);
    expect(await read(sandbox, id)).toMatchObject({
      status: 'cancelled',
      isFinished: true,
      terminatedBy: KILLER,
      startTime: null,
      waitSeconds: null,
      durationSeconds: null,
    });
  });

  it('terminates a running job after the kill latency', async () => {
    const sandbox = await pausedSandbox({ killLatencySeconds: 4 });
    const id = await run(sandbox, 'slow');
    sandbox.clock.advance(60_200);
    expect((await kill(sandbox, id)).status).toBe(202);
    expect(await read(sandbox, id)).toMatchObject({ status: 'terminating', isFinished: false, terminatedBy: KILLER });
    sandbox.clock.advance(3_999);
    expect((await read(sandbox, id)).status).toBe('terminating');
    sandbox.clock.advance(1);
    expect(await read(sandbox, id)).toMatchObject({
      status: 'terminated',
      isFinished: true,
      terminatedBy: KILLER,
      error: null,
      result: { message: 'Job has been terminated' },
      durationSeconds: 64,
      waitSeconds: null,
    });
    sandbox.clock.advance(3_600_000);
    expect((await read(sandbox, id)).status).toBe('terminated');
  });

  it('takes the children along and spawns no more', async () => {
    const sandbox = await pausedSandbox();
    const slow = { component: 'keboola.ex-db-mysql', config: 'slow' };
    const late = { component: 'keboola.ex-db-mysql', afterSeconds: 60 };
    const id = await runScript(sandbox, { children: [slow, { ...slow, afterSeconds: 9.9 }, late] });
    sandbox.clock.advance(10_200);
    await kill(sandbox, id);
    expect((await sandbox.jobs()).map(({ status }) => status)).toEqual(['terminating', 'terminating', 'cancelled']);
    sandbox.clock.advance(3_600_000);
    expect((await sandbox.jobs()).map(({ status }) => status)).toEqual(['terminated', 'terminated', 'cancelled']);
  });

  it('of a child makes the parent a warning', async () => {
    const sandbox = await pausedSandbox();
    const id = await runScript(sandbox, { children: [{ component: 'keboola.ex-db-mysql', config: 'slow' }] });
    sandbox.clock.advance(5_000);
    await kill(sandbox, Number(id) + 2);
    sandbox.clock.advance(2_000);
    expect(await read(sandbox, id)).toMatchObject({ status: 'warning' });
  });

  it('is refused for jobs that are ending or over, unknown or of another project', async () => {
    const sandbox = await pausedSandbox();
    const [done, slow] = [await run(sandbox, 'success'), await run(sandbox, 'slow', 'keboola.ex-db-mysql')];
    sandbox.clock.advance(5_000);
    await kill(sandbox, slow);
    const refusal = async (id: string, token = sandbox.token): Promise<unknown> => {
      const { status, json } = await kill(sandbox, id, { token });
      return [status, json.message];
    };
    expect(await refusal(done)).toEqual([400, matching(/already finished as "success"/)]);
    expect(await refusal(slow)).toEqual([400, matching(/already "terminating"/)]);
    expect(await refusal('1')).toEqual([404, 'Job "1" not found']);
    expect(await refusal('abc')).toEqual([404, 'Job "abc" not found']);
    expect(await refusal(slow, '2222-1-other')).toEqual([404, `Job "${slow}" not found`]);
    expect(sandbox.counters.killsByJob).toEqual({ [done]: 1, [slow]: 3 });
  });

  it('is a route in the plural only', async () => {
    const sandbox = await pausedSandbox();
    const id = await run(sandbox, 'slow');
    const { status, json } = await ask(sandbox, `/queue/job/${id}/kill`, { method: 'POST' });
    expect([status, json.message]).toEqual([404, 'Route not found']);
  });
});

describe('reading a job', () => {
  it('works in both spellings, and with metrics on request', async () => {
    const sandbox = await pausedSandbox();
    const id = await run(sandbox, 'success');
    const [one, many] = [
      await ask(sandbox, `/queue/job/${id}`),
      await ask(sandbox, `/queue/jobs/${id}?include=metrics`),
    ];
    expect(many.json).toEqual({
      ...one.json,
      metrics: containing({ storage: { inBytes: 0, outBytes: 0 } }),
    });
    expect(sandbox.counters.readsByJob).toEqual({ [id]: 2 });
  });

  it('does not find jobs of another project', async () => {
    const sandbox = await pausedSandbox();
    const id = await run(sandbox, 'success');
    expect((await ask(sandbox, `/queue/job/${id}`, { token: '2222-1-other' })).status).toBe(404);
  });
});
