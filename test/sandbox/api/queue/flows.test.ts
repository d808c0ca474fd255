import { describe, expect, it } from 'vitest';
import { all, call, create, queueSandbox, read, shown } from './support.js';

const MYSQL = 'keboola.ex-db-mysql';

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
    id,
    phase,
    task: { type: 'job', componentId: MYSQL, configId },
    ...more,
  });
  const isStatus = (phase: string, value: string): object => ({
    type: 'operator',
    operator: 'EQUALS',
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
      jobId: id,
      configId: 'nightly',
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
