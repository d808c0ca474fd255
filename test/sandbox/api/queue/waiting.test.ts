import { describe, expect, it } from 'vitest';
import { call, create, createScript, HTTP, queueSandbox, read, search } from './support.js';

describe('a job waits, and is made all the same,', () => {
  it('while its configuration is running', async () => {
    const sandbox = await queueSandbox();
    const [first, second] = [
      await create(sandbox, { component: HTTP, config: 'medium' }),
      await create(sandbox, { component: HTTP, config: 'medium' }),
    ];
    expect(second.status).toBe('created');
    sandbox.clock.advance(5_000);
    expect([(await read(sandbox, first.id)).status, (await read(sandbox, second.id)).status]).toEqual([
      'processing',
      'waiting',
    ]);
    sandbox.clock.advance(7_000);
    expect(await read(sandbox, second.id)).toMatchObject({ status: 'processing' });
  });

  it('while its project is full, which inline configurations and children do not get around', async () => {
    const sandbox = await queueSandbox({ parallelLimit: 2 });
    const running = [
      await createScript(sandbox, { durationSeconds: 60 }),
      await createScript(sandbox, { durationSeconds: 60 }),
    ];
    const third = await createScript(sandbox, {}, { 'x-kbc-runid': running[0]?.runId ?? '' });
    sandbox.clock.advance(30_000);
    expect((await read(sandbox, third.id)).status).toBe('waiting');
    sandbox.clock.advance(40_000);
    expect((await read(sandbox, third.id)).status).toBe('success');
    expect(sandbox.counters.runningMaxByProject['5555']).toBe(2);
  });

  it('but not for containers, which nobody counts', async () => {
    const sandbox = await queueSandbox({ parallelLimit: 1 });
    const { id } = await create(sandbox, { component: 'keboola.ex-db-mysql', config: 'rows' });
    sandbox.clock.advance(60_000);
    expect((await read(sandbox, id)).status).toBe('success');
    expect(sandbox.counters.runningMaxByProject['5555']).toBe(1);
  });

  it('nor for workers, which Queue v2 does not have', async () => {
    const sandbox = await queueSandbox({ workers: 1 });
    const jobs = [
      await createScript(sandbox, { durationSeconds: 60 }),
      await createScript(sandbox, { durationSeconds: 60 }),
    ];
    sandbox.clock.advance(1_000);
    for (const { id } of jobs) expect((await read(sandbox, id)).status).toBe('processing');
  });
});

it('a job may fall back from processing to created, and runs again', async () => {
  const sandbox = await queueSandbox();
  const { id } = await createScript(sandbox, { durationSeconds: 10, bounceAfterSeconds: 5 });
  sandbox.clock.advance(5_200);
  expect(await read(sandbox, id)).toMatchObject({ status: 'created', isFinished: false, endTime: null });
  sandbox.clock.advance(1_000);
  expect((await read(sandbox, id)).status).toBe('processing');
  sandbox.clock.advance(10_000);
  expect((await read(sandbox, id)).status).toBe('success');
  expect(sandbox.counters.runsByJob).toEqual({ [id]: 2 });
});

describe('variables', () => {
  const project = {
    id: 8,
    name: 'P',
    features: ['queuev2'],
    tokens: [{ token: '5555-1-queue', id: '1', description: 'd' }],
    configurations: [
      { component: HTTP, id: 'day', variables: { names: ['day'], values: { monday: { day: 'Monday' } } } },
      { component: HTTP, id: 'off', isDisabled: true },
    ],
  };
  const fixture = { projects: [project] };

  it('that were forgotten are empty, or fail the job', async () => {
    for (const [queueForgottenVariables, status] of [
      ['empty', 'success'],
      ['fail', 'error'],
    ] as const) {
      const sandbox = await queueSandbox({ fixture, queueForgottenVariables });
      const { id } = await create(sandbox, { component: HTTP, config: 'day' });
      sandbox.clock.advance(10_000);
      expect((await read(sandbox, id)).status).toBe(status);
    }
  });

  it('that nobody declares come back, are dropped, or are refused', async () => {
    const sandbox = await queueSandbox({ fixture });
    const fence = { name: 'fence', value: 'F1' };
    const day = { name: 'day', value: 'Friday' };
    const body = { component: HTTP, config: 'day', variableValuesData: { values: [day, fence] } };
    expect((await create(sandbox, body))['variableValuesData']).toEqual({ values: [day, fence] });
    await sandbox.settings({ queueVariables: 'dropped' });
    expect((await create(sandbox, body))['variableValuesData']).toEqual({ values: [day] });
    await sandbox.settings({ queueVariables: 'refused' });
    expect((await call(sandbox, 'POST /jobs', { body })).status).toBe(400);
  });

  it('do not matter to a disabled configuration, which runs by force only', async () => {
    const sandbox = await queueSandbox({ fixture });
    const body = { component: HTTP, config: 'off' };
    const { status, json } = await call(sandbox, 'POST /jobs', { body });
    expect([status, json.code, json.error]).toEqual([
      400,
      0,
      `Configuration "off" of component "${HTTP}" is disabled.`,
    ]);
    expect(await create(sandbox, { ...body, mode: 'forceRun' })).toMatchObject({ mode: 'forceRun' });
  });
});

it('other ways to write the same job are a matter of settings', async () => {
  const sandbox = await queueSandbox({
    queueMainBranch: 'null',
    queueTopParentRunId: 'null',
    queueMetricsBackend: 'spec',
  });
  await create(sandbox, { component: HTTP, config: 'success' });
  sandbox.clock.advance(10_000);
  expect(await search(sandbox)).toMatchObject([
    { branchId: null, parentRunId: null, metrics: { backend: { type: null, containerType: null } } },
  ]);
});
