import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newLifeState } from '../../src/job/life-state.js';
import { newPipelineState } from '../../src/job/pipeline-state.js';
import type { SharedDevServer } from '../support/dev-server.js';
import { openGoesOnLab, type GoesOnLab } from '../support/goes-on-lab.js';
import { scripted, settled, type JobLab } from '../support/job-lab.js';
import { causeOf, pipeline, task } from '../support/pipeline-lab.js';

const JOB = scripted({ durationSeconds: 0 });
const STORAGE = { method: 'POST', path: 'buckets/in.c-main/tables-async', body: { name: 'orders', dataFileId: 1 } };
const IMPORT = { table: 'in.c-main.orders', source: { csv: 'id\n1\n' } };
const PIPELINE = pipeline([task('a')]);
const LIFE = newLifeState('another-run', 0);
const PLAN = {
  connection: 'default',
  project: { id: '1134', name: 'Tutorial' },
  component: 'storage',
  made: { by: 'storage' },
  onWarning: 'accept',
  onTerminated: 'cancel',
  onAmbiguousCreate: 'fail',
  children: 'ignore',
  searchAttributes: false,
};
const COURSE = newPipelineState('another-run');
const ENDED = { status: 'ended', attempt: 1, end: { status: 'success' } };

let runs: GoesOnLab;
let server: SharedDevServer;
let lab: JobLab;

beforeAll(async () => {
  runs = await openGoesOnLab();
  ({ server, lab } = runs);
});
afterAll(() => runs.close());

describe.concurrent('a state that another run hands on', () => {
  it.each<[string, unknown, unknown, string]>([
    ['runJob', JOB, {}, 'attemptsBefore'],
    ['runJob', JOB, 42, 'expected'],
    ['runJob', JOB, [], 'expected'],
    ['runJob', JOB, { ...LIFE, budgets: null }, 'budgets'],
    ['runJob', JOB, { ...LIFE, clock: { ...LIFE.clock, startedAtMs: 1e300 } }, 'clock.startedAtMs'],
    ['runJob', JOB, { ...LIFE, created: { jobId: '../1', status: 'waiting', url: '' } }, 'created.jobId'],
    ['runJob', JOB, { ...LIFE, created: { jobId: '1', status: 'waiting', url: '' } }, 'plan'],
    [
      'runAsyncAction',
      {},
      { ...LIFE, descendants: { ...LIFE.descendants, observers: { '../x': 'open' } } },
      'descendants.observers',
    ],
    ['waitForJob', { jobId: '1' }, { ...LIFE, statusesSeen: 'none' }, 'statusesSeen'],
    ['runStorageJob', STORAGE, { ...LIFE, snapshot: { stage: 'dancing', polls: 0 } }, 'snapshot.stage'],
    ['importTable', IMPORT, { ...LIFE, storage: {} }, 'storage.call'],
    ['importTable', IMPORT, { ...LIFE, storage: { call: { method: 'POST', path: '../../x' } } }, 'storage.call.path'],
    ['runStorageJob', { ...STORAGE, path: '../../x' }, { ...LIFE, plan: PLAN }, 'the input: path'],
    ['runJob', JOB, { ...LIFE, plan: { ...PLAN, parentRunId: '1 OR 2' } }, 'plan.parentRunId'],
    ['runJob', JOB, { ...LIFE, plan: { ...PLAN, made: { by: 'run', fence: 'none', more: true } } }, 'plan.made'],
    [
      'runPipeline',
      { ...PIPELINE, parentRunId: 'x\r\ny' },
      { ...COURSE, check: { maxParallel: 1 }, tasks: [[ENDED]] },
      'the input: parentRunId',
    ],
    ['runPipeline', PIPELINE, {}, 'attemptsBefore'],
    ['runPipeline', PIPELINE, { ...COURSE, check: {}, tasks: [] }, 'check.maxParallel'],
    ['runPipeline', PIPELINE, { ...COURSE, check: { maxParallel: 1 }, tasks: [[null]] }, 'tasks.0.0'],
    ['runPipeline', PIPELINE, { ...COURSE, check: { maxParallel: 1 }, tasks: [[ENDED, ENDED]] }, 'tasks'],
    ['runPipeline', 'nonsense', { ...COURSE, check: { maxParallel: 1 }, tasks: [[ENDED]] }, 'input'],
    [
      'runPipeline',
      pipeline([42 as never]),
      { ...COURSE, check: { maxParallel: 1 }, tasks: [[ENDED]] },
      'phases.0.tasks.0',
    ],
    ['runPipeline', { name: 'n', phases: [{}] }, { ...COURSE, check: { maxParallel: 1 }, tasks: [[ENDED]] }, 'phases'],
  ])('is refused where it is none of ours: %s %j %j', async (workflowType, input, carried, words) => {
    const cause = await causeOf(await runs.goesOn({ workflowType, input, carried }));
    expect(cause).toMatchObject({ type: 'InvalidInput', nonRetryable: true });
    expect(cause.message).toContain(words);
  });

  it('makes no call that leads elsewhere, though its plan is one of ours', async () => {
    const input = { method: 'DELETE', path: '/docker/../v2/storage/tables/in.c-main.orders' };
    const carried = { ...LIFE, plan: { ...PLAN, component: 'docker', made: { by: 'call' } } };
    const cause = await causeOf(await runs.goesOn({ workflowType: 'runAsyncAction', input, carried }));
    expect(cause).toMatchObject({ type: 'CreateRefused' });
    expect(cause.message).toContain('may not climb');
  });

  it.each([[null], [undefined]])('may be none at all: then it all begins anew (%s)', async (carried) => {
    const { result } = await settled(await runs.goesOn({ workflowType: 'runJob', input: JOB, carried }));
    expect(result).toMatchObject({ status: 'success' });
  });

  it('is not read where a client gives it to the first run', async () => {
    const options = { workflowId: server.unique('carried'), taskQueue: lab.taskQueue, args: [JOB, {}] };
    const { result } = await settled(await server.client.workflow.start('runJob', options));
    expect(result).toMatchObject({ status: 'success' });
  });
});
