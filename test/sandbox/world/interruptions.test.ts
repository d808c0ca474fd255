import { describe, expect, it } from 'vitest';
import { kill, list, matching, pausedSandbox, post, read, run, runScript } from '../support.js';

describe('a bounce', () => {
  it('sends a running job back to waiting with an end that is none, and starts it anew later', async () => {
    const sandbox = await pausedSandbox();
    const id = await runScript(sandbox, { durationSeconds: 10, bounceAfterSeconds: 4 });
    sandbox.clock.advance(4_200);
    const { result, ...job } = await read(sandbox, id);
    expect(result).toEqual({});
    expect(job).toMatchObject({
      status: 'waiting',
      isFinished: false,
      durationSeconds: 4,
      waitSeconds: 0,
      startTime: '2016-05-15T18:14:47+02:00',
      endTime: '2016-05-15T18:14:51+02:00',
    });
    sandbox.clock.advance(60_000);
    expect(await read(sandbox, id)).toMatchObject({
      status: 'processing',
      durationSeconds: null,
      endTime: null,
      waitSeconds: 0,
      startTime: '2016-05-15T18:15:51+02:00',
      process: { host: 'sandbox-syrup-WORKER-2' },
    });
    sandbox.clock.advance(10_000);
    expect(await read(sandbox, id)).toMatchObject({ status: 'success', durationSeconds: 10, waitSeconds: 64 });
    expect(sandbox.counters.runsByJob).toEqual({ [id]: 2 });
  });

  it('may come several times, and frees worker and lock meanwhile', async () => {
    const sandbox = await pausedSandbox({ workers: 1, lockRetryDelaySeconds: 30 });
    const id = await runScript(sandbox, { durationSeconds: 10, bounceAfterSeconds: 1, bounceTimes: 3 });
    const other = await runScript(sandbox, { durationSeconds: 5 });
    sandbox.clock.advance(7_000);
    expect((await read(sandbox, other)).status).toBe('success');
    sandbox.clock.advance(200_000);
    expect((await read(sandbox, id)).status).toBe('success');
    expect(sandbox.counters.runsByJob[id]).toBe(4);
  });

  it('leaves a job that a kill cancels, although it has run before', async () => {
    const sandbox = await pausedSandbox();
    const id = await runScript(sandbox, { durationSeconds: 10, bounceAfterSeconds: 4 });
    sandbox.clock.advance(5_000);
    await kill(sandbox, id);
    sandbox.clock.advance(100_000);
    const job = await read(sandbox, id);
    expect(job).toMatchObject({ status: 'cancelled', durationSeconds: 4 });
    expect(job['startTime']).not.toBeNull();
    expect(sandbox.counters.runsByJob[id]).toBe(1);
  });
});

describe('a re-run', () => {
  it('stays processing with an end that is none, and begins again later with a new start', async () => {
    const sandbox = await pausedSandbox({ pickUpDelaySeconds: 2 });
    const id = await runScript(sandbox, { durationSeconds: 10, rerunAfterSeconds: 4 });
    sandbox.clock.advance(6_000);
    expect(await read(sandbox, id)).toMatchObject({
      status: 'processing',
      isFinished: false,
      durationSeconds: 4,
      endTime: '2016-05-15T18:14:53+02:00',
      result: { message: matching(/shutting down/), exceptionId: matching(/^docker-/) },
    });
    sandbox.clock.advance(2_000);
    const { result, ...job } = await read(sandbox, id);
    expect(result).toEqual({});
    expect(job).toMatchObject({
      status: 'processing',
      endTime: null,
      durationSeconds: null,
      waitSeconds: 2,
      startTime: '2016-05-15T18:14:55+02:00',
    });
    sandbox.clock.advance(10_000);
    expect(await read(sandbox, id)).toMatchObject({ status: 'success', waitSeconds: 8, durationSeconds: 10 });
    expect(sandbox.counters).toMatchObject({ jobs: 1, runs: 2 });
  });

  it('keeps its run id, or gets a new one below the same parent', async () => {
    const sandbox = await pausedSandbox();
    const again = { durationSeconds: 10, rerunAfterSeconds: 1 };
    const [same, other] = [
      await runScript(sandbox, again, { 'x-kbc-runid': '900' }),
      await runScript(sandbox, { ...again, rerunWithNewRunId: true }, { 'x-kbc-runid': '900' }),
    ];
    const runIds = async () => [(await read(sandbox, same)).runId, (await read(sandbox, other)).runId];
    const [first, second] = await runIds();
    sandbox.clock.advance(2_000);
    expect(await runIds()).toEqual([first, '900.186985836']);
    expect(second).toBe('900.186985835');
    sandbox.clock.advance(20_000);
    expect((await list(sandbox, { q: 'runId:900.*' })).map(({ status }) => status)).toEqual(['success', 'success']);
    expect(await list(sandbox, { q: `runId:${second}` })).toEqual([]);
    expect(sandbox.counters.byRunIdPrefix('900')).toMatchObject({ jobs: 2, directJobs: 2, runs: 4 });
  });

  it('of a parent spawns its children again and does not count those of before', async () => {
    const sandbox = await pausedSandbox();
    const children = [{ component: 'keboola.ex-http', durationSeconds: 20, status: 'error' }];
    const id = await runScript(sandbox, { durationSeconds: 1, children, rerunAfterSeconds: 5 });
    sandbox.clock.advance(23_000);
    expect((await read(sandbox, id)).status).toBe('processing');
    sandbox.clock.advance(10_000);
    expect(await read(sandbox, id)).toMatchObject({
      status: 'warning',
      result: { message: '1 of 1 child jobs failed.' },
    });
    expect(sandbox.counters).toMatchObject({ jobsInWorld: 3, jobs: 1, runs: 4 });
  });
});

describe('the start of a life', () => {
  it('can show created, which is not finished, before the job is queued', async () => {
    const sandbox = await pausedSandbox();
    const configData = { parameters: { sandbox: { createdForSeconds: 5 } } };
    const { json } = await post(sandbox, '/docker/keboola.ex-http/run', { configData });
    expect(json.status).toBe('created');
    expect(await read(sandbox, json.id)).toMatchObject({ status: 'created', isFinished: false });
    sandbox.clock.advance(5_000);
    expect((await read(sandbox, json.id)).status).toBe('waiting');
    sandbox.clock.advance(3_200);
    expect((await read(sandbox, json.id)).status).toBe('success');
  });

  it('can be cancelled while it shows created', async () => {
    const sandbox = await pausedSandbox();
    const id = await runScript(sandbox, { createdForSeconds: 5 });
    expect((await kill(sandbox, id)).status).toBe(202);
    sandbox.clock.advance(10_000);
    expect((await read(sandbox, id)).status).toBe('cancelled');
  });

  it('can have an index lag of its own', async () => {
    const sandbox = await pausedSandbox();
    await runScript(sandbox, { searchLagSeconds: 120 });
    sandbox.clock.advance(119_000);
    expect(await list(sandbox)).toEqual([]);
    sandbox.clock.advance(1_000);
    expect((await list(sandbox)).map(({ status }) => status)).toEqual(['waiting']);
  });
});

describe('the run-time limit', () => {
  const message = 'Running sandbox/keboola.ex-http:latest container exceeded the timeout of 30 seconds.';

  it('ends a job as a user error that names the limit', async () => {
    const sandbox = await pausedSandbox();
    const id = await runScript(sandbox, { durationSeconds: 60, processTimeoutSeconds: 30 });
    sandbox.clock.advance(30_199);
    expect((await read(sandbox, id)).status).toBe('processing');
    sandbox.clock.advance(1);
    expect(await read(sandbox, id)).toMatchObject({
      status: 'error',
      error: 'user',
      durationSeconds: 30,
      waitSeconds: 0,
      result: { message, context: expect.any(Object) as object },
    });
  });

  it('is only ever exceeded: a job that takes exactly so long succeeds', async () => {
    const sandbox = await pausedSandbox({ processTimeoutSeconds: 30 });
    const [exact, over] = [
      await runScript(sandbox, { durationSeconds: 30 }),
      await runScript(sandbox, { durationSeconds: 30.001 }),
    ];
    sandbox.clock.advance(60_000);
    expect((await read(sandbox, exact)).status).toBe('success');
    expect(await read(sandbox, over)).toMatchObject({ status: 'error', result: { message } });
  });

  it('is that of the component, and counts for each row of a configuration', async () => {
    const rows = [{ id: 'a' }, { id: 'b' }, { id: 'off', isDisabled: true }];
    const script = { durationSeconds: 50 };
    const fixture = {
      components: [{ id: 'app', kind: 'docker' as const, name: 'App', processTimeoutSeconds: 30 }],
      projects: [
        {
          id: 1,
          name: 'P',
          tokens: [{ token: 't', id: '1', description: 'd' }],
          configurations: [
            { component: 'app', id: 'plain', script },
            { component: 'app', id: 'rows', script, rows },
          ],
        },
      ],
    };
    const sandbox = await pausedSandbox({ fixture });
    const [plain, both] = [await run(sandbox, 'plain', 'app'), await run(sandbox, 'rows', 'app')];
    sandbox.clock.advance(100_000);
    expect(await read(sandbox, plain)).toMatchObject({ status: 'error', durationSeconds: 30 });
    expect(await read(sandbox, both)).toMatchObject({ status: 'success', durationSeconds: 50 });
  });
});
