import { describe, expect, it } from 'vitest';
import { all, call, create, queueSandbox, read, shown, TOKEN } from './support.js';

const MYSQL = 'keboola.ex-db-mysql';

describe('a configuration with rows in parallel', () => {
  it('is a container with a job for each row, of which only so many run at once', async () => {
    const sandbox = await queueSandbox();
    const container = await create(sandbox, { component: MYSQL, config: 'rows' });
    expect(container).toMatchObject({ type: 'container', parallelism: '2' });
    sandbox.clock.advance(1_000);
    const [, ...rows] = await all(sandbox);
    expect(shown(rows, 'type', 'status', 'configRowIds', 'parentRunId')).toEqual([
      ['standard', 'processing', ['orders'], container.runId],
      ['standard', 'processing', ['people'], container.runId],
      ['standard', 'waiting', ['prices'], container.runId],
    ]);
    sandbox.clock.advance(20_000);
    expect(shown(await all(sandbox), 'status', 'durationSeconds')).toEqual([
      ['success', 10],
      ...[3, 10, 3].map((seconds) => ['success', seconds]),
    ]);
    expect((await call(sandbox, 'GET /stats/project')).json).toEqual({ jobs: { durationSum: 16 } });
  });

  it('runs only the rows that are asked for, and is a container all the same', async () => {
    const sandbox = await queueSandbox();
    await create(sandbox, { component: MYSQL, config: 'rows', configRowIds: ['prices'] });
    sandbox.clock.advance(10_000);
    expect(shown(await all(sandbox), 'type', 'configRowIds')).toEqual([
      ['container', ['prices']],
      ['standard', ['prices']],
    ]);
  });

  it('is one job without parallelism, and one that has no such row fails', async () => {
    const sandbox = await queueSandbox();
    const { id, type } = await create(sandbox, { component: MYSQL, config: 'rows', parallelism: '0' });
    expect(type).toBe('standard');
    sandbox.clock.advance(10_000);
    expect((await read(sandbox, id)).status).toBe('success');
    const container = await create(sandbox, { component: MYSQL, config: 'rows', configRowIds: ['none'] });
    sandbox.clock.advance(10_000);
    expect(await read(sandbox, container.id)).toMatchObject({ status: 'error', result: { error: { type: 'user' } } });
  });

  it.each([
    ['one row is one job', 1, [], null, 'standard'],
    ['two rows is a container', 2, [], '2', 'container'],
    [
      'two rows is a container where the project makes everyone say how many',
      2,
      ['job-parallelism-enforce'],
      '1',
      'container',
    ],
  ] as const)('of %s', async (_what, count, more, parallelism, type) => {
    const rows = Array.from({ length: count }, (_, at) => ({ id: `r${at}` }));
    const configuration = {
      runtime: { ...(parallelism === '2' ? { parallelism } : {}), tag: '9.9', backend: { type: 'large' } },
    };
    const project = {
      id: 7,
      name: 'P',
      features: ['queuev2', ...more],
      tokens: [{ token: TOKEN, id: '1', description: 'd' }],
      configurations: [{ component: MYSQL, id: 'c', rows, configuration }],
    };
    const sandbox = await queueSandbox({ fixture: { projects: [project] } });
    const job = await create(sandbox, { component: MYSQL, config: 'c' });
    expect(job).toMatchObject({ type, parallelism, tag: '9.9', backend: { containerType: 'large' } });
    sandbox.clock.advance(60_000);
    expect((await read(sandbox, job.id)).status).toBe('success');
  });

  it('fails when one of its jobs is killed, and takes all of them along when it is killed itself', async () => {
    const sandbox = await queueSandbox();
    const one = await create(sandbox, { component: MYSQL, config: 'rows' });
    sandbox.clock.advance(1_000);
    await call(sandbox, `POST /jobs/${String(Number(one.id) + 2)}/kill`);
    sandbox.clock.advance(20_000);
    expect((await read(sandbox, one.id)).status).toBe('error');
    const other = await create(sandbox, { component: MYSQL, config: 'rows' });
    sandbox.clock.advance(1_000);
    await call(sandbox, `POST /jobs/${other.id}/kill`);
    sandbox.clock.advance(20_000);
    const statuses = (await all(sandbox)).slice(4).map(({ status }) => status);
    expect(statuses).toEqual(['terminated', 'terminated', 'terminated', 'cancelled']);
  });
});
