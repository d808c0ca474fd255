import type { WorkflowFailedError } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NoSuchJobError, NoWorkerError } from '../../../src/client/errors.js';
import { KeboolaClient } from '../../../src/client.js';
import { builtInFixture } from '../../../src/sandbox/index.js';
import { connectToDevServer, type SharedDevServer } from '../../support/dev-server.js';
import { eventually } from '../../support/eventually.js';
import { openJobLab, scripted, settled, type JobLab } from '../../support/job-lab.js';

let server: SharedDevServer;
let lab: JobLab;

beforeAll(async () => {
  server = await connectToDevServer();
  lab = await openJobLab(server, { speed: 20 });
});
afterAll(async () => {
  await lab.close();
  await server.close();
});

describe.concurrent('the list of components', () => {
  it('is that of the project, with all configurations', async () => {
    const { components } = await lab.keboola.components();
    const [{ configurations: stored = [] } = {}] = builtInFixture.projects;
    const idsOf = (component: string): string[] =>
      stored.flatMap((one) => (one.component === component ? [one.id] : []));
    const expected = builtInFixture.components
      .filter(({ id }) => idsOf(id).length > 0)
      .map(({ id, type, name, description, kind }) => ({ id, type, name, description, kind, configs: idsOf(id) }));
    expect(
      components.map(({ id, type, name, description, kind, configurations = [] }) => {
        return { id, type, name, description, kind, configs: configurations.map((one) => one.id) };
      }),
    ).toEqual(expected);
    expect(components[0]).toMatchObject({
      uri: `${lab.sandbox.url}/ex-db`,
      configurations: [{ name: 'Sample database', version: 1, created: expect.stringMatching(/Z$/) as string }],
    });
  });

  it.each([
    [{ filter: 'MYSQL' }, ['keboola.ex-db-mysql']],
    [{ type: 'writer' }, ['keboola.wr-google-sheets']],
    [{ filter: 'ex-', type: 'extractor' }, ['ex-db', 'keboola.ex-http', 'keboola.ex-db-mysql']],
    [{ filter: 'nothing like it' }, []],
  ])('is filtered by %j', async (input, ids) => {
    const { components } = await lab.keboola.components(input);
    expect(components.map(({ id }) => id)).toEqual(ids);
  });

  it('can be had without any input, as other tools start workflows', async () => {
    const { result } = await settled(await lab.start(undefined, undefined, 'listComponents'));
    expect((result as unknown as { components: unknown[] }).components).toHaveLength(5);
  });
});

describe.concurrent('what is told of a job', () => {
  it('is its message and its events, the oldest first, by job id and by workflow id', async () => {
    const { handle } = await lab.keboola.start(
      scripted({ durationSeconds: 2, events: [{ message: 'Half of it', afterSeconds: 1 }], message: 'All of it' }),
    );
    const { jobId, runId } = await handle.result();
    await eventually(async () => expect((await lab.keboola.logs(jobId)).events).toHaveLength(3));
    const logs = await lab.keboola.logs(handle.workflowId);
    expect(logs).toMatchObject({ jobId, runId, status: 'success', component: 'keboola.ex-http', message: 'All of it' });
    expect(logs.events.map(({ message }) => message)).toEqual(['Running keboola.ex-http', 'Half of it', 'All of it']);
    expect(logs.events[0]).toMatchObject({ type: 'info', runId, time: expect.stringMatching(/Z$/) as string });
    expect((await lab.keboola.logs(jobId, { limit: 1 })).events.map(({ message }) => message)).toEqual(['All of it']);
  });

  it('holds what the jobs below it have told', async () => {
    const children = [{ component: 'keboola.ex-db-mysql', config: 'success' }];
    const { jobId } = await lab.keboola.run(scripted({ durationSeconds: 1, children }));
    await eventually(async () => {
      const { events } = await lab.keboola.logs(jobId);
      expect(events.map(({ component }) => component)).toContain('keboola.ex-db-mysql');
    });
  });

  it('is told by a link to its page, also where no workflow knows the job', async () => {
    const { sandbox } = lab;
    const answer = await fetch(`${sandbox.url}/docker/keboola.ex-http/run`, {
      method: 'POST',
      headers: { 'x-storageapi-token': sandbox.token },
      body: JSON.stringify({ configData: { parameters: { sandbox: { durationSeconds: 1 } } } }),
    });
    const { id } = (await answer.json()) as { id: string };
    expect(await lab.keboola.logs(`${sandbox.url}/admin/projects/1134/jobs/${id}`)).toMatchObject({ jobId: id });
    const elsewhere = lab.keboola.logs(`${sandbox.url}/admin/projects/2222/jobs/${id}`);
    await expect(elsewhere).rejects.toThrow('leads to project 2222, but connection "default" to project 1134');
  });

  it('is told of one job at a time', async () => {
    const name = server.unique('p');
    const job = scripted({ durationSeconds: 1 });
    const { handle } = await lab.keboola.startPipeline({ name, phases: [{ name: 'all', tasks: [{ id: 'a', job }] }] });
    await expect(lab.keboola.logs(handle.workflowId)).rejects.toThrow('is not the workflow of one job');
    await handle.result();
    const { message, events } = await lab.keboola.logs(`${handle.workflowId}/a`);
    expect([message, events.length]).toEqual([expect.any(String), expect.any(Number)]);
  });

  it.each(['999999999999', 'no-such-workflow'])('is nothing for %s', async (id) => {
    const error: unknown = await lab.keboola.logs(id).catch((thrown: unknown) => thrown);
    if (error instanceof NoSuchJobError) return;
    expect(error).toMatchObject({ type: 'InvalidInput', message: expect.stringContaining('404') as string });
  });
});

describe.concurrent('a project', () => {
  it('tells for how long its jobs have worked, in all and by days', async () => {
    await lab.keboola.run(scripted({ durationSeconds: 3 }));
    await eventually(async () => {
      expect((await lab.keboola.statistics()).durationSeconds).toBeGreaterThanOrEqual(3);
    });
    const { days = [], ...sum } = await lab.keboola.statistics({ fromDate: '2000-01-01', toDate: '2100-01-01' });
    expect(days.reduce((total, { durationSeconds }) => total + durationSeconds, 0)).toBe(sum.durationSeconds);
    expect(days[0]?.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(await lab.keboola.statistics({ fromDate: '2000-01-01', toDate: '2000-01-02' })).toEqual({
      durationSeconds: 0,
      days: [],
    });
  });

  it('resolves a configuration, of the present version unless another is named', async () => {
    const wanted = { component: 'ex-db', config: 'sampledatabase' };
    const resolved = await lab.keboola.resolveConfiguration(wanted);
    expect(resolved).toMatchObject({ id: 'sampledatabase', version: 1, configuration: expect.any(Object) as object });
    const other = lab.keboola.resolveConfiguration({ ...wanted, version: 7 });
    await expect(other).rejects.toMatchObject({
      type: 'InvalidInput',
      message: expect.stringContaining('version 7') as string,
    });
    const misspelt = lab.keboola.resolveConfiguration({ ...wanted, config: 'sampeldatabase' });
    await expect(misspelt).rejects.toThrow('Did you mean "sampledatabase"?');
  });
});

it('which tasks of a flow to run again is not told where the project is on Syrup', async () => {
  const { jobId } = await lab.keboola.run(scripted({ durationSeconds: 1 }));
  await expect(lab.keboola.rerunPlan(jobId)).rejects.toMatchObject({
    type: 'InvalidInput',
    message: expect.stringContaining('has no plan of what to run again') as string,
  });
});

describe.concurrent('a question', () => {
  it.each([
    ['listComponents', { typ: 'writer' }, 'typ: unknown field'],
    ['listComponents', { connection: 'nowhere' }, 'Connection "nowhere" is not known'],
    ['readStatistics', { fromDate: '2016-05-15' }, 'fromDate: needs "toDate"'],
    ['readStatistics', { fromDate: 'x', toDate: 'y' }, 'fromDate: not a day'],
    ['resolveConfiguration', { component: 'ex-db' }, 'config: '],
    ['readLogs', { jobId: '../1' }, 'jobId: not a job id'],
    ['readLogs', { jobId: '1', limit: 1_000 }, 'limit: '],
    ['readLogs', null, 'jobId: not a job id'],
    ['readRerunPlan', { jobId: '../1' }, 'jobId: not a job id'],
    ['readRerunPlan', { jobId: '1', limit: 5 }, 'limit: unknown field'],
  ])('of the type %s is refused with %j', async (type, input, message) => {
    const { error } = await settled(await lab.start(input, undefined, type));
    expect((error as WorkflowFailedError).cause).toMatchObject({
      type: 'InvalidInput',
      message: expect.stringContaining(message) as string,
    });
  });

  it('that no worker takes up says so, and leaves nothing behind', async () => {
    const taskQueue = server.unique('nobody');
    const nobody = new KeboolaClient({ client: server.client, taskQueue });
    await expect(nobody.components()).rejects.toThrow(NoWorkerError);
    // Lists lag behind.
    await eventually(async () =>
      expect(
        (await server.client.workflow.count(`TaskQueue = "${taskQueue}" AND ExecutionStatus = "Running"`)).count,
      ).toBe(0),
    );
  });
});
