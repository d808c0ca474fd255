import { describe, expect, it } from 'vitest';
import { call, create, queueSandbox, read } from './support.js';
import type { QueueJob } from './support.js';
import type { Sandbox } from '../../../../src/sandbox/index.js';

const MYSQL = 'keboola.ex-db-mysql';

/** All jobs, as they are now and in the order of their creation. */
async function all(sandbox: Sandbox): Promise<QueueJob[]> {
  return (await call(sandbox, 'GET /jobs?sortOrder=asc')).json as unknown as QueueJob[];
}

const shown = (jobs: QueueJob[], ...keys: string[]): unknown[] => jobs.map((job) => keys.map((key) => job[key]));

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

describe('a legacy flow', () => {
  it('has the jobs of all phases from its start, and a task that may fail makes it a warning', async () => {
    const sandbox = await queueSandbox();
    const flow = await create(sandbox, { component: 'keboola.orchestrator', config: 'nightly' });
    expect(flow['type']).toBe('orchestrationContainer');
    sandbox.clock.advance(1_000);
    const [, first, second, ...tasks] = await all(sandbox);
    expect([first, second]).toMatchObject([
      { type: 'phaseContainer', status: 'processing', parentRunId: flow.runId, orchestrationPhaseId: '1' },
      { type: 'phaseContainer', status: 'waiting', parentRunId: flow.runId, orchestrationPhaseId: '2' },
    ]);
    expect(shown(tasks, 'type', 'parentRunId', 'orchestrationJobId', 'orchestrationTaskId')).toEqual([
      ['standard', first?.runId, flow.id, '11'],
      ['standard', first?.runId, flow.id, '12'],
    ]);
    sandbox.clock.advance(20_000);
    expect(await read(sandbox, flow.id)).toMatchObject({
      status: 'warning',
      result: {
        tasks: [
          { id: '11', status: 'success' },
          { id: '12', status: 'error', component: MYSQL },
          { id: '21', status: 'success', jobId: String(Number(flow.id) + 5) },
        ],
        phases: [
          { id: '1', status: 'warning' },
          { id: '2', status: 'success' },
        ],
      },
    });
  });

  it('begins no further phase after a failure', async () => {
    const sandbox = await queueSandbox();
    const phases = [
      { id: 'a', dependsOn: [] },
      { id: 'b', dependsOn: ['a'] },
    ];
    const tasks = ['a', 'b'].map((phase) => ({
      id: phase,
      phase,
      task: { componentId: MYSQL, configId: 'user-error' },
    }));
    await create(sandbox, { component: 'keboola.orchestrator', configData: { phases, tasks } });
    sandbox.clock.advance(20_000);
    expect(shown(await all(sandbox), 'type', 'status')).toEqual([
      ['orchestrationContainer', 'error'],
      ['phaseContainer', 'error'],
      ['phaseContainer', 'cancelled'],
      ['standard', 'error'],
    ]);
  });
});

describe('a conditional flow', () => {
  const task = (id: string, phase: string, configId: string, more: object = {}): object => ({
    ...{ id, phase, task: { type: 'job', componentId: MYSQL, configId }, ...more },
  });
  const isStatus = (phase: string, value: string): object => ({
    ...{ type: 'operator', operator: 'EQUALS' },
    operands: [
      { type: 'phase', phase, value: 'status' },
      { type: 'const', value },
    ],
  });

  it('decides on its way which phase comes next, and its tasks are its own children', async () => {
    const sandbox = await queueSandbox();
    const flow = await create(sandbox, { component: 'keboola.flow', config: 'nightly' });
    sandbox.clock.advance(1_000);
    expect(shown(await all(sandbox), 'type', 'orchestrationTaskId')).toEqual([
      ['orchestrationContainer', null],
      ['standard', 'http'],
    ]);
    sandbox.clock.advance(10_000);
    const [, http, sheets] = await all(sandbox);
    expect([http?.parentRunId, sheets?.parentRunId]).toEqual([flow.runId, flow.runId]);
    expect(await read(sandbox, flow.id)).toMatchObject({
      status: 'success',
      result: { tasks: [{ id: 'http' }, { id: 'mail', type: 'notification', jobId: null }, { id: 'sheets' }] },
    });
  });

  it.each([
    ['goes where a condition leads', isStatus('try', 'error'), 'success', 2],
    ['ends as the phase that failed, where none does', isStatus('try', 'success'), 'error', 1],
  ])('%s', async (_what, condition, status, jobs) => {
    const sandbox = await queueSandbox();
    const phases = [{ id: 'try', next: [{ condition, goto: 'mend' }] }, { id: 'mend' }];
    const tasks = [task('t', 'try', 'user-error'), task('m', 'mend', 'success')];
    const flow = await create(sandbox, { component: 'keboola.flow', configData: { phases, tasks } });
    sandbox.clock.advance(20_000);
    expect(await read(sandbox, flow.id)).toMatchObject({ status });
    expect(await all(sandbox)).toHaveLength(1 + jobs);
  });

  it('puts a container around the tries of a task', async () => {
    const sandbox = await queueSandbox();
    const tasks = [task('t', 'p', 'user-error', { retry: { maxRetries: 1, delay: 10 } })];
    await create(sandbox, { component: 'keboola.flow', configData: { phases: [{ id: 'p' }], tasks } });
    sandbox.clock.advance(60_000);
    const [, container, ...tries] = await all(sandbox);
    expect(container).toMatchObject({ type: 'retryContainer', status: 'error', orchestrationTaskId: 't' });
    expect(tries).toHaveLength(2);
    expect(tries[1]).toMatchObject({ parentRunId: container?.runId, status: 'error' });
  });

  it('with chosen tasks only goes straight on after a failure, and its last phase decides', async () => {
    const sandbox = await queueSandbox();
    const phases = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
    const tasks = [task('1', 'a', 'user-error'), task('2', 'b', 'success'), task('3', 'c', 'success')];
    const body = { component: 'keboola.flow', configData: { phases, tasks }, onlyFlowTaskIds: ['1', '3'] };
    const flow = await create(sandbox, body);
    sandbox.clock.advance(20_000);
    expect(shown(await all(sandbox), 'orchestrationTaskId', 'status')).toEqual([
      [null, 'success'],
      ['1', 'error'],
      ['3', 'success'],
    ]);
    expect(flow['onlyFlowTaskIds']).toEqual(['1', '3']);
    expect((await call(sandbox, 'POST /jobs', { body: { ...body, onlyFlowTaskIds: ['x'] } })).status).toBe(400);
  });
});

describe('a rerun plan', () => {
  it('tells of each task of the configuration which job it had', async () => {
    const sandbox = await queueSandbox();
    const { id } = await create(
      sandbox,
      { component: 'keboola.orchestrator', config: 'nightly' },
      { 'x-kbc-runid': '7' },
    );
    sandbox.clock.advance(1_000);
    const plan = async (): Promise<unknown> => (await call(sandbox, `GET /orchestration-rerun-plan/${id}`)).json;
    expect(await plan()).toMatchObject({
      ...{ jobId: id, configId: 'nightly' },
      matchedTasks: [
        { taskId: '11', matched: true, componentId: 'keboola.ex-http', status: 'processing' },
        { taskId: '12', matched: true, componentId: MYSQL, configId: 'user-error' },
        { taskId: '21', matched: false, jobId: null, componentId: null, configId: null, status: null },
      ],
    });
    await sandbox.settings({ queueRerunPlan: 'emptyBelowFence' });
    expect(await plan()).toMatchObject({ matchedTasks: [] });
  });

  it('is refused for what is no flow', async () => {
    const sandbox = await queueSandbox();
    const { id } = await create(sandbox, { component: MYSQL });
    const { status, json } = await call(sandbox, `GET /orchestration-rerun-plan/${id}`);
    expect([status, json.error]).toEqual([400, `Job "${id}" is not an orchestration job.`]);
  });
});
