import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunRequest, SearchRequest } from '../../../src/job/create/creation.js';
import type { JobApi } from '../../../src/keboola/jobs/job-api.js';
import { createClock, startSandbox, type ControlledClock, type Sandbox } from '../../../src/sandbox/index.js';
import { connect } from '../../support/fake-stack.js';

const RUN_ID = '900000000000001';
const RUN: RunRequest = {
  ...{ connection: 'default', runId: RUN_ID, component: 'keboola.ex-http', config: 'success', fencedByVariable: true },
};
const LAG_SECONDS = 10;

let sandbox: Sandbox<ControlledClock>;
let jobs: JobApi;

beforeAll(async () => {
  const clock = createClock({});
  clock.pause();
  sandbox = await startSandbox({ clock });
});
beforeEach(async () => {
  sandbox.reset();
  jobs = await connect(sandbox.url, '5555-1-queue').jobs();
});
afterAll(() => sandbox.close());

async function create(runId = RUN_ID): Promise<{ jobId: string; runId?: string }> {
  return await (await jobs.prepareCreate({ ...RUN, runId })).send();
}

async function found(known: Partial<SearchRequest> = {}): ReturnType<JobApi['findCreated']> {
  const { connection, runId, component } = RUN;
  const sentSinceMs = sandbox.clock.now();
  return await jobs.findCreated({ connection, runId, component, sentSinceMs, fencedByVariable: true, ...known });
}

describe('a fence that travels as a variable', () => {
  test('leaves the job at the top, and finds it again by either list', async () => {
    const { jobId, runId } = await create();
    await create('900000000000002');
    expect(runId).toBe(jobId);
    expect(jobs.keepsVariables?.()).toBe(true);
    expect((await found()).hits.map((view) => view.jobId)).toEqual([jobId]);
    await sandbox.settings({ queuePrimaryList: 'gone' });
    sandbox.clock.advance(LAG_SECONDS * 1_000);
    expect((await found()).hits.map((view) => view.jobId)).toEqual([jobId]);
  });

  test('is followed by a run id where Keboola refuses it, and that job is found, too', async () => {
    await sandbox.settings({ queueVariables: 'refused' });
    const { jobId, runId } = await create();
    expect(runId).toBe(`${RUN_ID}.${jobId}`);
    expect(jobs.keepsVariables?.()).toBe(false);
    expect((await found()).hits.map((view) => view.jobId)).toEqual([jobId]);
    expect(sandbox.counters).toMatchObject({ posts: 2, jobs: 1 });
  });

  test('is not blamed for what is refused anyhow', async () => {
    const prepared = await jobs.prepareCreate({ ...RUN, config: 'nowhere' });
    const error: unknown = await prepared.send().catch((reason: unknown) => reason);
    expect(prepared.outcomeOf(error)).toMatchObject({ kind: 'refused', type: 'CreateRefused' });
    expect(jobs.keepsVariables?.()).toBeUndefined();
  });

  test.each([
    ['dropped', false],
    ['echoed', true],
  ] as const)('says that there is no job only where it is known to be kept: %s', async (queueVariables, isKept) => {
    await sandbox.settings({ queueVariables });
    const laterId = (await jobs.drawId?.()) ?? '';
    expect(await found({ laterId })).toMatchObject({ hits: [], absence: 'unproved' });
    await create('900000000000002');
    expect(jobs.keepsVariables?.()).toBe(isKept);
    sandbox.clock.advance(LAG_SECONDS * 1_000);
    expect(await found({ laterId })).toMatchObject({ hits: [], absence: isKept ? 'certain' : 'unproved' });
  });
});
