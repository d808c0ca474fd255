import { describe, expect, test } from 'vitest';
import type { RunRequest, SearchRequest } from '../../../src/job/create/creation.js';
import type { JobApi } from '../../../src/keboola/jobs/job-api.js';
import { useQueueProject } from '../../support/queue-project.js';

const RUN_ID = '900000000000001';
const RUN: RunRequest = {
  connection: 'default',
  project: '5555',
  runId: RUN_ID,
  component: 'keboola.ex-http',
  config: 'success',
  fencedByVariable: true,
};
const LAG_SECONDS = 10;
const HOUR_MS = 3_600_000;

const project = useQueueProject();

async function create(runId = RUN_ID): Promise<{ jobId: string; runId?: string }> {
  return await (await project.jobs.prepareCreate({ ...RUN, runId })).send();
}

async function found(known: Partial<SearchRequest> = {}): ReturnType<JobApi['findCreated']> {
  const { connection, runId, component } = RUN;
  const sentSinceMs = project.sandbox.clock.now();
  return await project.jobs.findCreated({
    connection,
    project: RUN.project,
    runId,
    component,
    sentSinceMs,
    fencedByVariable: true,
    ...known,
  });
}

describe('a fence that travels as a variable', () => {
  test('leaves the job at the top, and finds it again by either list', async () => {
    const { jobId, runId } = await create();
    await create('900000000000002');
    expect(runId).toBe(jobId);
    expect(project.jobs.keepsVariables?.()).toBe(true);
    expect((await found()).hits.map((view) => view.jobId)).toEqual([jobId]);
    await project.sandbox.settings({ queuePrimaryList: 'gone' });
    project.sandbox.clock.advance(LAG_SECONDS * 1_000);
    expect((await found()).hits.map((view) => view.jobId)).toEqual([jobId]);
  });

  test('is followed by a run id where Keboola refuses it, and that job is found, too', async () => {
    await project.sandbox.settings({ queueVariables: 'refused' });
    const { jobId, runId } = await create();
    expect(runId).toBe(`${RUN_ID}.${jobId}`);
    expect(project.jobs.keepsVariables?.()).toBe(false);
    expect((await found()).hits.map((view) => view.jobId)).toEqual([jobId]);
    expect(project.sandbox.counters).toMatchObject({ posts: 2, jobs: 1 });
  });

  test('is on the job of a configuration with rows, whose jobs of rows may carry it, too, and are a part of it', async () => {
    const what = { component: 'keboola.ex-db-mysql', config: 'rows', parallelism: 'infinity' } as const;
    const { jobId } = await (await project.jobs.prepareCreate({ ...RUN, ...what })).send();
    project.sandbox.clock.advance(3 * LAG_SECONDS * 1_000);
    expect((await project.sandbox.jobs()).length).toBeGreaterThan(2);
    const { hits } = await found({ component: what.component });
    expect(hits.map((view) => view.jobId)).toEqual([jobId]);
  });

  test('is not blamed for what is refused anyhow', async () => {
    const prepared = await project.jobs.prepareCreate({ ...RUN, config: 'nowhere' });
    const error: unknown = await prepared.send().catch((reason: unknown) => reason);
    expect(prepared.outcomeOf(error)).toMatchObject({ kind: 'refused', type: 'CreateRefused' });
    expect(project.jobs.keepsVariables?.()).toBeUndefined();
  });

  test('is found behind a page of newer jobs while the clock of Keboola is hours behind ours', async () => {
    await project.sandbox.settings({ queuePrimaryList: 'gone' });
    const sentSinceMs = project.sandbox.clock.now() + 3 * HOUR_MS;
    const { jobId } = await create();
    for (let other = 0; other < 101; other++) await create(String(900_000_000_000_100 + other));
    project.sandbox.clock.advance(LAG_SECONDS * 1_000);
    const askedAtMs = sentSinceMs + LAG_SECONDS * 1_000;
    expect((await found({ sentSinceMs, askedAtMs })).hits.map((view) => view.jobId)).toEqual([jobId]);
  });

  test.each([
    ['dropped', false],
    ['echoed', true],
  ] as const)('says that there is no job only where it is known to be kept: %s', async (queueVariables, isKept) => {
    await project.sandbox.settings({ queueVariables });
    const laterId = (await project.jobs.drawId?.())?.id ?? '';
    expect(await found({ laterId })).toMatchObject({ hits: [], absence: 'unproved' });
    await create('900000000000002');
    expect(project.jobs.keepsVariables?.()).toBe(isKept);
    project.sandbox.clock.advance(LAG_SECONDS * 1_000);
    expect(await found({ laterId })).toMatchObject({ hits: [], absence: isKept ? 'certain' : 'unproved' });
  });
});
