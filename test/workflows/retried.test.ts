import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newLifeState, type LifeState } from '../../src/job/life-state.js';
import type { JobResult } from '../../src/job/result.js';
import { accepted, storage, upload } from '../sandbox/storage-support.js';
import type { SharedDevServer } from '../support/dev-server.js';
import { openGoesOnLab, type GoesOnLab } from '../support/goes-on-lab.js';
import { scripted, settled, type JobLab } from '../support/job-lab.js';

const FAILS = { durationSeconds: 0, status: 'error', error: 'application' };

let runs: GoesOnLab;
let server: SharedDevServer;
let lab: JobLab;
/** Of a wait for a job that has failed meanwhile. */
let failed: LifeState;

beforeAll(async () => {
  runs = await openGoesOnLab();
  ({ server, lab } = runs);
  failed = await stateWithFailedJob();
});
afterAll(() => runs.close());

async function stateWithFailedJob(): Promise<LifeState> {
  const handle = await lab.start(scripted(FAILS));
  const { error } = await settled(handle);
  const [job] = (error as { cause?: { details?: JobResult[] } } | undefined)?.cause?.details ?? [];
  return {
    // The job carries what is made of this; one that carries something else would be another one.
    ...newLifeState((await handle.describe()).runId, Date.now()),
    plan: {
      connection: 'default',
      project: { id: '1134', name: 'Tutorial' },
      component: 'keboola.ex-http',
      made: { by: 'run', fence: 'run-id' },
      onWarning: 'accept',
      onTerminated: 'cancel',
      onAmbiguousCreate: 'fail',
      children: 'ignore',
      searchAttributes: false,
    },
    created: { jobId: String(job?.jobId), status: 'processing', url: lab.sandbox.url },
  };
}

function posts(): number {
  return lab.sandbox.counters.posts;
}

interface Begun {
  workflowType?: string;
  input?: unknown;
  carried: unknown;
  maximumAttempts: number;
}

/** A workflow of ours that goes on from another run with a state, under a retry policy of its author's. */
function goesOn({ maximumAttempts, ...begun }: Begun): Promise<WorkflowHandle> {
  const ours = { workflowType: 'runJob', input: scripted(FAILS), ...begun };
  return runs.goesOn({ ...ours, retry: { maximumAttempts, initialInterval: '100ms' } });
}

it('a retry by the policy of the author makes a new job, also of a wait that has gone on in a new run', async () => {
  const handle = await goesOn({ input: scripted({ durationSeconds: 0 }), carried: failed, maximumAttempts: 2 });
  const result = (await handle.result()) as JobResult;
  expect(result.status).toBe('success');
  expect(result.jobId).not.toBe(failed.created?.jobId);
});

describe('the attempts that the policy of the author allows', () => {
  it.each([
    ['runJob', scripted(FAILS), 'JobApplicationError'],
    ['runAsyncAction', { method: 'POST', path: '/gooddata-writer/v2/main/load-data' }, 'JobApplicationError'],
    ['waitForJob', { jobId: '1' }, 'JobApplicationError'],
    ['runStorageJob', { method: 'POST', path: 'buckets/in.c-main/tables-async' }, 'StorageJobFailed'],
  ])('are used up where the runs before have used them: %s', async (workflowType, input, type) => {
    const state = { ...failed, attemptsBefore: 2 };
    const carried = type === 'StorageJobFailed' ? await withFailedStorageJob(state) : state;
    const before = posts();
    const handle = await goesOn({ workflowType, input, carried, maximumAttempts: 3 });
    const { error } = await settled(handle);
    expect(error).toMatchObject({ cause: { type, nonRetryable: true } });
    expect(posts()).toBe(before);
  });

  it('are counted on by the retry of a run that has gone on', async () => {
    const carried = { ...failed, attemptsBefore: 1 };
    const before = posts();
    const { error } = await settled(await goesOn({ carried, maximumAttempts: 3 }));
    expect(error).toMatchObject({ cause: { type: 'JobApplicationError', nonRetryable: true } });
    expect(posts()).toBe(before + 1);
  });

  it.each([[{ attemptsBefore: -100 }], [{ attemptsBefore: '1' }], [null], ['x'], [{}]])(
    'are not made more by a count that somebody has forged: %j',
    async (forged) => {
      const before = posts();
      const handle = await server.client.workflow.start('runJob', {
        workflowId: server.unique('retried'),
        taskQueue: lab.taskQueue,
        args: [scripted(FAILS), forged],
        retry: { maximumAttempts: 2, initialInterval: '100ms' },
      });
      expect((await settled(handle)).error).toMatchObject({ cause: { type: 'JobApplicationError' } });
      expect(posts()).toBe(before + 2);
    },
  );
});

/** The same for a job of Storage that fails. */
async function withFailedStorageJob(state: LifeState): Promise<LifeState> {
  await storage(lab.sandbox, '/buckets', { method: 'POST', body: { name: 'main', stage: 'in' } });
  const body = { name: 'orders', dataFileId: await upload(lab.sandbox, 'id,price\n1\n') };
  const { id } = await accepted(lab.sandbox, '/buckets/in.c-main/tables-async', { body });
  return {
    ...state,
    ...(state.plan && { plan: { ...state.plan, made: { by: 'storage' }, component: 'storage' } }),
    created: { jobId: String(id), status: 'processing', url: lab.sandbox.url },
  };
}
