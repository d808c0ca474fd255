import { describe, expect, it } from 'vitest';
import { ask, matching } from '../../support.js';
import { call, create, createScript, HTTP, queueSandbox, read, TOKEN } from './support.js';

/** Every key that keboola/job-queue-api-php-client sends, with what it sends for those that nobody has set. */
const OF_PHP = {
  component: HTTP,
  mode: 'run',
  config: 'success',
  configData: [],
  configRowIds: [],
  tag: null,
  branchId: null,
  orchestrationJobId: null,
  parentRunId: null,
  variableValuesId: null,
  variableValuesData: [],
  backend: null,
  executor: null,
  delay: null,
  delayedStartTime: null,
  parallelism: null,
  previousJobId: null,
};

describe('creating a job', () => {
  it('answers the whole job, created and completed with what was resolved', async () => {
    const sandbox = await queueSandbox({ firstTicket: '9007199254740993' });
    const { status, json } = await call(sandbox, 'POST /jobs', { body: { component: HTTP, config: 'success' } });
    expect(status).toBe(201);
    expect(json).toEqual({
      id: '9007199254740993',
      runId: '9007199254740993',
      parentRunId: '',
      status: 'created',
      project: { id: '5555', name: 'Queue' },
      token: { id: '1', description: 'queue@keboola.com' },
      desiredStatus: 'processing',
      isFinished: false,
      component: HTTP,
      config: 'success',
      configRowIds: [],
      configData: [],
      mode: 'run',
      tag: 'latest',
      branchId: '1',
      type: 'standard',
      parallelism: null,
      behavior: { onError: null },
      executor: 'dind',
      backend: { type: null, containerType: null, context: '5555-extractor' },
      createdTime: '2016-05-15T16:14:47+00:00',
      startTime: null,
      endTime: null,
      delayedStartTime: null,
      durationSeconds: 0,
      result: [],
      usageData: [],
      metrics: [],
      variableValuesId: null,
      variableValuesData: [],
      orchestrationJobId: null,
      orchestrationTaskId: null,
      orchestrationPhaseId: null,
      previousJobId: null,
      onlyOrchestrationTaskIds: null,
      onlyFlowTaskIds: null,
      url: `${sandbox.url}/jobs/9007199254740993`,
    });
    expect((await read(sandbox, '9007199254740993')).id).toBe('9007199254740993');
  });

  it('runs it to its end, with a result in the words of Queue v2', async () => {
    const sandbox = await queueSandbox();
    const { id } = await create(sandbox, { component: HTTP, config: 'success' });
    sandbox.clock.advance(200);
    expect(await read(sandbox, id)).toMatchObject({ status: 'processing', startTime: '2016-05-15T16:14:47+00:00' });
    sandbox.clock.advance(3_000);
    expect(await read(sandbox, id)).toMatchObject({
      status: 'success',
      isFinished: true,
      endTime: '2016-05-15T16:14:50+00:00',
      durationSeconds: 3,
      metrics: { backend: { size: null, containerSize: null, context: '5555-extractor' } },
      result: {
        message: 'Component processing finished.',
        configVersion: '1',
        images: [[{ digests: [] }]],
        output: { tables: [] },
      },
    });
  });

  it.each([
    ['user-error', 'error', { error: { type: 'user', exceptionId: matching(/./) }, message: matching(/orders/) }],
    ['application-error', 'error', { error: { type: 'application', exceptionId: matching(/./) } }],
    ['warning', 'warning', { message: matching(/skipped/) }],
  ])('ends configuration %s as %s', async (config, status, result) => {
    const sandbox = await queueSandbox();
    const { id } = await create(sandbox, { component: HTTP, config });
    sandbox.clock.advance(5_000);
    expect(await read(sandbox, id)).toMatchObject({ status, isFinished: true, result });
  });

  it("takes all that Keboola's PHP client sends, null and empty lists included", async () => {
    const sandbox = await queueSandbox();
    const job = await create(sandbox, OF_PHP);
    expect(job).toMatchObject({ config: 'success', configData: [], branchId: '1', previousJobId: null });
  });

  it('keeps what was asked for, and hides secrets of an inline configuration', async () => {
    const sandbox = await queueSandbox();
    const job = await create(sandbox, {
      component: HTTP,
      config: 'success',
      configData: { parameters: { '#key': 'secret' } },
      tag: '1.2.3',
      mode: 'debug',
      branchId: '77',
      backend: { type: 'small', context: 'mine' },
      executor: 'k8sContainers',
      variableValuesData: { values: [{ name: 'day', value: 'Monday' }] },
      previousJobId: '5',
      orchestrationJobId: '6',
    });
    expect(job).toMatchObject({
      tag: '1.2.3',
      mode: 'debug',
      branchId: '77',
      executor: 'k8sContainers',
      previousJobId: '5',
      orchestrationJobId: '6',
      backend: { type: null, containerType: 'small', context: 'mine' },
      configData: { parameters: { '#key': matching(/^KBC::/) } },
      variableValuesData: { values: [{ name: 'day', value: 'Monday' }] },
    });
  });

  it('waits as long as it was told to, and says until when', async () => {
    const sandbox = await queueSandbox();
    const { id, delayedStartTime } = await create(sandbox, { component: HTTP, config: 'success', delay: 60 });
    expect(delayedStartTime).toBe('2016-05-15T16:15:47+00:00');
    sandbox.clock.advance(59_999);
    expect(await read(sandbox, id)).toMatchObject({ status: 'created', startTime: null });
    sandbox.clock.advance(1);
    expect(await read(sandbox, id)).toMatchObject({ status: 'processing' });
  });

  it('answers the other statuses that have been seen', async () => {
    const sandbox = await queueSandbox();
    for (const queueCreateStatus of [200, 202] as const) {
      await sandbox.settings({ queueCreateStatus });
      expect((await call(sandbox, 'POST /jobs', { body: { component: HTTP } })).status).toBe(queueCreateStatus);
    }
  });

  it.each([
    ['null', null],
    ['object', {}],
    ['absent', undefined],
  ] as const)('can write empty objects as %s', async (queueEmptyObjects, written) => {
    const sandbox = await queueSandbox({ queueEmptyObjects });
    const { configData, result } = await create(sandbox, { component: HTTP });
    expect([configData, result]).toEqual([written, written]);
  });

  it('can be lost after its write, and be there all the same', async () => {
    const sandbox = await queueSandbox();
    sandbox.faults.add({ route: 'create', reset: 'after' });
    await expect(create(sandbox, { component: HTTP }, { 'x-kbc-runid': '77' })).rejects.toThrow();
    expect(sandbox.counters.byRunIdPrefix('77')).toMatchObject({ posts: 1, jobs: 1, directJobs: 1 });
  });

  it('fails when Storage gives no ticket, and then there is no job', async () => {
    const sandbox = await queueSandbox();
    sandbox.faults.add({ route: 'create', ticketsFail: true });
    const { status, json } = await call(sandbox, 'POST /jobs', { body: { component: HTTP } });
    expect([status, json.error, json.context]).toEqual([500, 'Internal Server Error occurred.', undefined]);
    expect(sandbox.counters.jobsInWorld).toBe(0);
  });
});

describe('a job that a caller puts below a run id', () => {
  it('has it as its parent, whoever that is, and as the beginning of its own', async () => {
    const sandbox = await queueSandbox();
    const job = await create(sandbox, { component: HTTP, parentRunId: 'unread' }, { 'x-kbc-runid': '123.456' });
    expect(job).toMatchObject({ parentRunId: '123.456', runId: `123.456.${job.id}` });
  });

  it('can be one that a job itself has made', async () => {
    const sandbox = await queueSandbox();
    const children = [{ component: 'keboola.ex-db-mysql', config: 'success' }];
    const parent = await createScript(sandbox, { durationSeconds: 1, children }, { 'x-kbc-runid': '9' });
    sandbox.clock.advance(10_000);
    const child = await read(sandbox, String(Number(parent.id) + 1));
    expect(child).toMatchObject({ parentRunId: parent.runId, runId: `${parent.runId}.${child.id}`, status: 'success' });
    expect(await read(sandbox, parent.id)).toMatchObject({ status: 'success', type: 'standard' });
  });
});

it('the same job is one of Syrup, too, whose list and page know it', async () => {
  const sandbox = await queueSandbox();
  const { id, runId } = await create(sandbox, { component: HTTP, config: 'success' });
  const { json } = await ask(sandbox, `/queue/job/${id}`, { token: TOKEN });
  expect(json).toMatchObject({ id: Number(id), runId, status: 'created', component: 'docker' });
  expect(await sandbox.jobs()).toMatchObject([{ id: Number(id), params: { component: HTTP, config: 'success' } }]);
});
