import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parsePipeline } from '../../src/cli/pipeline/parse-pipeline.js';
import type { TaskInput } from '../../src/job/pipeline/input.js';
import { PIPELINE_MEMO } from '../../src/job/pipeline/result.js';
import { isBelow } from '../../src/job/run-id.js';
import { rowsOf, storage } from '../sandbox/storage-support.js';
import { eventually } from '../support/eventually.js';
import { causeOf, LONG, pipeline, PipelineLab, statuses, task, tasksOf } from '../support/pipeline-lab.js';
import { CSV, TABLE } from '../support/storage-lab.js';

let lab: PipelineLab;

beforeAll(async () => {
  lab = await PipelineLab.open();
});
beforeEach(() => reset());
afterAll(() => lab.close());

const importing = { import: { table: TABLE, source: { csv: CSV } } };
const deleting = { storage: { method: 'DELETE' as const, path: `tables/${TABLE}/rows?allowTruncate=1` } };

const component = 'keboola.ex-db-mysql';
/** By the clock of Keboola. */
const DAY_SECONDS = 86_400;

/** A call of the GoodData Writer whose job does as told. */
function loading(script: object, rules: Partial<TaskInput> = {}): TaskInput {
  const body = { configData: { parameters: { sandbox: { durationSeconds: 1, ...script } } } };
  const asyncAction = {
    method: 'POST' as const,
    path: '/gooddata-writer/v2/main/load-data?x=1',
    body,
    children: 'ignore' as const,
  };
  return { asyncAction, ...rules } as TaskInput;
}

function acting(script: object, rules: Partial<TaskInput> = {}): TaskInput {
  const action = { component, action: 'testConnection', configData: { parameters: { sandbox: script } } };
  return { action, ...rules } as TaskInput;
}

/** Nothing counted, no faults, an empty bucket. */
async function reset(): Promise<void> {
  lab.lab.sandbox.reset();
  await storage(lab.lab.sandbox, '/buckets', { method: 'POST', body: { name: 'main', stage: 'in' } });
}

function calls(): number {
  return lab.lab.sandbox.requests.filter(({ route }) => route === 'action').length;
}

describe('a pipeline of Storage', () => {
  it('imports, runs a job, exports and calls Storage, all below its run id', async () => {
    const result = await lab.resultOf(
      pipeline([importing], [task('job')], [{ id: 'out', export: { table: TABLE } }], [{ id: 'empty', ...deleting }]),
    );
    const tasks = tasksOf(result);
    expect(statuses(result)).toEqual({
      [`import-${TABLE}`]: 'success',
      job: 'success',
      out: 'success',
      empty: 'success',
    });
    expect(tasks[`import-${TABLE}`]?.storage).toMatchObject({ table: TABLE, created: true, rows: 2 });
    expect(tasks['out']?.storage).toMatchObject({ csv: '"id","price"\n"1","10"\n"2","20"\n' });
    const runIds = Object.values(tasks).map(({ job, storage: told }) => (job ?? told)?.runId ?? '');
    expect(runIds.filter((runId) => isBelow(runId, result.rootRunId))).toHaveLength(4);
    expect(await rowsOf(lab.lab.sandbox, TABLE)).toEqual([]);
    expect(lab.lab.sandbox.counters).toMatchObject({ storagePosts: 3, posts: 1 });
  });

  it('fails with a task of Storage, and tries it again only for a reason that its author names', async () => {
    lab.lab.sandbox.faults.add({ route: 'tableCreate', jobFails: { code: 'internalError' }, times: 2 });
    const result = await lab.failedResultOf(
      pipeline([{ id: 'in', ...importing, retry: { attempts: 2, on: ['unknown'] } }]),
    );
    expect(tasksOf(result)['in']).toMatchObject({
      status: 'error',
      attempts: 2,
      error: { type: 'StorageJobFailed' },
      storage: { error: { code: 'internalError' } },
    });
  });

  it('does not ask again for what goes on after the timeout of its task', async () => {
    const retry = { attempts: 3, on: ['timeout' as const, 'unknown' as const] };
    const { result } = await lab.stoppedByTimeout(
      async (seconds) => {
        await reset();
        lab.lab.sandbox.faults.add({ route: 'tableCreate', jobSeconds: 100_000 });
        return pipeline([{ id: 'in', ...importing, timeout: `${seconds}s`, retry }]);
      },
      (handle) => lab.jobOf(handle, 'in'),
    );
    const left = { outcome: 'left-alone', component: 'storage' };
    expect(tasksOf(result)['in']).toMatchObject({ status: 'cancelled', left, error: { type: 'TimedOut' } });
    expect(tasksOf(result)['in']?.error?.message).toMatch(/its timeout \(\d+ s\); Storage job \d+ was left running/);
    expect(lab.lab.sandbox.counters.storagePosts).toBe(1);
  });

  it('closes as canceled, and says what goes on', async () => {
    lab.lab.sandbox.faults.add({ route: 'tableCreate', jobSeconds: 100_000 });
    const handle = await lab.start(pipeline([{ id: 'in', ...importing }]));
    const left = { jobId: await lab.jobOf(handle, 'in') };
    await handle.cancel();
    expect((await causeOf(handle)).name).toBe('CancelledFailure');
    const error = { message: expect.stringMatching(/job \d+ was left running/) as string };
    expect((await handle.describe()).memo?.[PIPELINE_MEMO]).toMatchObject({
      status: 'cancelled',
      phases: [{ tasks: [{ id: 'in', left, error }] }],
    });
  });

  it('names a connection that nobody knows before anything starts', async () => {
    const cause = await causeOf(await lab.start(pipeline([{ export: { table: TABLE, connection: 'none' } }])));
    expect(cause).toMatchObject({ type: 'InvalidInput' });
    expect(cause.message).toMatch(/phases.0.tasks.0.export.connection: Connection "none" is not known/);
  });
});

describe('a pipeline of calls and actions', () => {
  it('makes calls and actions each once, and puts the jobs of calls below its run id', async () => {
    const result = await lab.resultOf(pipeline([acting({ output: ['ok'] })], [task('job')], [loading({})]));
    const { [`${component}-testConnection`]: acted, 'gooddata-writer-v2-main-load-data': loaded } = tasksOf(result);
    expect(acted).toEqual({ id: `${component}-testConnection`, status: 'success', action: { answer: ['ok'] } });
    expect(loaded).toMatchObject({ status: 'success', job: { component: 'gooddata-writer', outcome: 'finished' } });
    expect(isBelow(loaded?.job?.runId ?? '', result.rootRunId)).toBe(true);
    expect(calls()).toBe(1);
    expect(lab.lab.sandbox.counters).toMatchObject({ posts: 2, jobs: 2 });
  });

  it('keeps at most 2 KiB of what an action answers', async () => {
    const output = { status: 'success', tables: Array.from({ length: 1_000 }, (_, at) => `table ${at}`) };
    const tasks = tasksOf(await lab.resultOf(pipeline([acting({ output }, { id: 'act' })])));
    expect(tasks['act']?.action).toEqual({ answer: { status: 'success' }, truncated: true });
  });

  it.each<[string, TaskInput, object]>([
    [
      'of a mistake, and does not repeat it',
      acting({ status: 'error', message: 'No such host.' }, { retry: { attempts: 3, on: ['application'] } }),
      { status: 'error', error: { type: 'ActionUserError' } },
    ],
    [
      'of a component, as often as its author allows',
      acting({ status: 'error', error: 'application' }, { retry: { attempts: 2, on: ['application'] } }),
      { status: 'error', attempts: 2, error: { type: 'ActionApplicationError' } },
    ],
    [
      'of a job, as often as its author allows',
      loading({ status: 'error', error: 'application' }, { retry: { attempts: 2, on: ['application'] } }),
      { status: 'error', attempts: 2, error: { type: 'JobApplicationError' }, job: { status: 'error' } },
    ],
    ['of a warning', loading({ status: 'warning' }), { status: 'warning', error: { type: 'JobWarning' } }],
  ])('fails with the failure %s', async (_, failing, end) => {
    const result = await lab.failedResultOf(pipeline([{ ...failing, id: 'it' }], [task('after')]));
    expect(tasksOf(result)['it']).toMatchObject(end);
    expect(statuses(result)['after']).toBe('not-started');
    const { attempts = 1 } = tasksOf(result)['it'] ?? {};
    expect(calls() + lab.lab.sandbox.counters.posts).toBe(attempts);
  });

  it('kills the job of a call that is over its timeout, and lets an action be', async () => {
    const { result } = await lab.stoppedByTimeout(
      async (seconds) => {
        await reset();
        lab.lab.sandbox.faults.add({ route: 'action', delayMs: (seconds + 3) * 1_000 });
        const timeout = `${seconds}s`;
        const call = loading(LONG, { id: 'call', timeout, retry: { attempts: 3, on: ['application'] } });
        return pipeline([call, acting({}, { id: 'act', timeout, retry: { attempts: 3, on: ['timeout'] } })]);
      },
      (handle) => Promise.all([lab.jobOf(handle, 'call'), eventually(() => expect(calls()).toBe(1))]),
    );
    const { call, act } = tasksOf(result);
    expect(call).toMatchObject({ status: 'terminated', error: { type: 'JobTimedOut' } });
    expect(act).toMatchObject({ status: 'cancelled', error: { type: 'TimedOut' } });
    expect(act?.error?.message).toMatch(/its timeout \(\d+ s\); the action may have been called; if so, it ends/);
    expect([calls(), lab.lab.sandbox.counters.posts]).toEqual([1, 1]);
  });

  it.each([
    ['error', { status: 'error', error: 'user', message: 'no table' }, { type: 'JobUserError', message: 'no table' }],
    ['warning', { status: 'warning', message: 'half of it' }, { type: 'JobWarning', message: 'half of it' }],
  ] as const)(
    'whose job ends as %s before its timeout stops it has ended so, and is not tried again',
    async (status, script, error) => {
      const slow = loading({ ...script, ...LONG, whenKilled: 'finishFirst' });
      const retry = { attempts: 3, on: ['timeout' as const] };
      const { result } = await lab.stoppedByTimeout(
        async (seconds) => {
          await reset();
          return pipeline([{ ...slow, id: 'call', timeout: `${seconds}s`, retry }]);
        },
        (handle) => lab.jobOf(handle, 'call'),
      );
      expect(tasksOf(result)['call']).toMatchObject({ status, error, job: { outcome: 'finished-first' } });
      expect(lab.lab.sandbox.counters.posts).toBe(1);
    },
  );

  it('that is cancelled says that an action may have been called', async () => {
    lab.lab.sandbox.faults.add({ route: 'action', delaySeconds: DAY_SECONDS });
    const handle = await lab.start(pipeline([acting({}, { id: 'act' })]));
    await eventually(() => expect(calls()).toBe(1));
    await handle.cancel();
    expect((await causeOf(handle)).name).toBe('CancelledFailure');
    expect((await handle.describe()).memo?.[PIPELINE_MEMO]).toMatchObject({
      phases: [{ tasks: [{ error: { message: expect.stringContaining('it ends within 45 s') as string } }] }],
    });
    lab.clock.advance(DAY_SECONDS * 1_000);
  });

  it('names components, actions and paths that nobody knows before anything starts', async () => {
    const cause = await causeOf(
      await lab.start(
        pipeline([
          { action: { component, action: 'testConection' } },
          { action: { component: 'keboola.ex-db-mysq', action: 'x' } },
          { asyncAction: { method: 'POST', path: '/gooddata-writr/v2/main/load-data' } },
          { asyncAction: { method: 'POST', path: '/provisioning/async/docker', connection: 'none' } },
        ]),
      ),
    );
    expect(cause).toMatchObject({ type: 'InvalidInput' });
    expect(cause.message).toMatch(/tasks\.0\.action\.action: .*Did you mean "testConnection"\?/);
    expect(cause.message).toMatch(/tasks\.1\.action\.component: .*Did you mean "keboola\.ex-db-mysql"\?/);
    expect(cause.message).toMatch(/tasks\.2\.asyncAction\.path: .*Did you mean "gooddata-writer"\?/);
    expect(cause.message).toMatch(/tasks\.3\.asyncAction\.connection: Connection "none" is not known/);
    expect([calls(), lab.lab.sandbox.counters.posts]).toEqual([0, 0]);
  });
});

it("runs the cookbook's pipeline from a CSV to GoodData, and sends each POST once", async () => {
  const parsed = parsePipeline(await readFile(new URL('../../examples/cookbook/orders.yaml', import.meta.url), 'utf8'));
  const result = await lab.resultOf(parsed.ok && parsed.value);
  const tasks = tasksOf(result);
  expect(statuses(result)).toEqual({ import: 'success', transform: 'success', export: 'success', gooddata: 'success' });
  const { sandbox } = lab.lab;
  expect(await rowsOf(sandbox, 'out.c-shop.orders')).toEqual(await rowsOf(sandbox, 'in.c-shop.orders'));
  expect(tasks['import']?.storage).toMatchObject({ created: true, rows: 3 });
  expect(tasks['export']?.storage).toMatchObject({
    csv: '"customer","price"\n"Alice","10"\n"Bob","20"\n"Alice","30"\n',
  });
  const runIds = Object.values(tasks).map(({ job, storage: told }) => (job ?? told)?.runId ?? '');
  expect(runIds.filter((runId) => isBelow(runId, result.rootRunId))).toHaveLength(4);
  expect(sandbox.counters).toMatchObject({ posts: 2, jobs: 2, storagePosts: 2 });
  expect(sandbox.counters.storageJobsByOperation).toEqual({ tableCreate: 1, tableExport: 1 });
});
