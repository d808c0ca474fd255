import { describe, expect, test } from 'vitest';
import {
  recognisedBy,
  type RunRequest,
  type SearchRequest,
  type Unfenced,
} from '../../../../src/job/create/creation.js';
import { likenessOf } from '../../../../src/job/create/likeness.js';
import type { FoundJobs } from '../../../../src/keboola/jobs/job-api.js';
import { QUEUE_V2 } from '../../../support/dialects.js';
import { documentOf } from '../../../support/foreign-jobs.js';
import { useQueueProject } from '../../../support/queue-project.js';

const CLAIMANT = { project: '5555', by: '900000000000001' };
const FLOW = { component: 'keboola.orchestrator', config: 'nightly' };
const RUN: RunRequest = { connection: 'default', project: '5555', runId: CLAIMANT.by, unfenced: CLAIMANT, ...FLOW };
const VALUES = { values: [{ name: 'day', value: '1' }] };
const LAG_SECONDS = 10;
const HOUR_MS = 3_600_000;

const project = useQueueProject();

async function create(what: Partial<RunRequest> = {}): Promise<string> {
  return (await (await project.jobs.prepareCreate({ ...RUN, ...what })).send()).jobId;
}

async function found(what: Partial<RunRequest> = {}, known: Partial<Unfenced> = {}): Promise<string[]> {
  return (await search(what, known)).hits.map(({ jobId }) => jobId);
}

async function search(
  what: Partial<RunRequest> = {},
  known: Partial<Unfenced> = {},
  later: Partial<SearchRequest> = {},
): Promise<FoundJobs> {
  const nowMs = project.sandbox.clock.now();
  const request: SearchRequest = {
    ...recognisedBy({ ...RUN, ...what }),
    sentSinceMs: nowMs,
    ...later,
    unfenced: { ...CLAIMANT, likeness: likenessOf({ ...FLOW, ...what }), ...known },
  };
  return await project.jobs.findCreated(request);
}

describe('a creation that carried nothing of ours', () => {
  test.each<[string, Partial<RunRequest>]>([
    ['a flow', {}],
    ['tasks of a flow', { component: 'keboola.flow', config: 'nightly', flowTasks: ['sheets', 'http'] }],
    ['rows', { component: 'keboola.ex-db-mysql', config: 'rows', rows: ['2', '1'] }],
    ['a job with data of its own', { component: 'keboola.ex-http', configData: { parameters: { a: 1, b: {} } } }],
    ['values of variables', { component: 'keboola.ex-http', config: 'success', variableValuesData: VALUES }],
    ['a job of a branch', { component: 'keboola.ex-http', config: 'success', branchId: '77' }],
    ['a job that starts later', { component: 'keboola.ex-http', config: 'success', delay: '5 minutes' }],
    ['a job of a size', { component: 'keboola.ex-http', config: 'success', backend: { type: 'large' } }],
    ['a job in debug mode', { component: 'keboola.ex-http', config: 'success', mode: 'debug' }],
  ])('is found by what it is: %s', async (_, what) => {
    const jobId = await create(what);
    expect(await found(what)).toEqual([jobId]);
    await project.sandbox.settings({ queuePrimaryList: 'gone' });
    expect(await found(what)).toEqual([]);
    project.sandbox.clock.advance(LAG_SECONDS * 1_000);
    expect(await found(what)).toEqual([jobId]);
  });

  test.each<[string, Partial<RunRequest>]>([
    ['rows', { component: 'keboola.ex-db-mysql', config: 'rows', rows: ['1'] }],
    ['no rows', { component: 'keboola.ex-db-mysql', config: 'rows' }],
    ['data of its own', { component: 'keboola.ex-db-mysql', config: 'rows', configData: { parameters: { a: 2 } } }],
    ['a mode', { component: 'keboola.ex-db-mysql', config: 'rows', rows: ['1', '2'], mode: 'debug' }],
    ['a configuration', { component: 'keboola.ex-db-mysql', config: 'user-error', rows: ['1', '2'] }],
    ['values', { component: 'keboola.ex-db-mysql', config: 'rows', rows: ['1', '2'], variableValuesData: VALUES }],
    ['times', { component: 'keboola.ex-db-mysql', config: 'rows', rows: ['1', '2'], delay: '5 minutes' }],
    ['a branch', { component: 'keboola.ex-db-mysql', config: 'rows', rows: ['1', '2'], branchId: '77' }],
    ['a parent', { component: 'keboola.ex-db-mysql', config: 'rows', rows: ['1', '2'], parentRunId: '77' }],
  ])('is not taken for a job with other %s', async (_, other) => {
    await create(other);
    expect(await found({ component: 'keboola.ex-db-mysql', config: 'rows', rows: ['1', '2'] })).toEqual([]);
  });

  test('is not taken for one that was there before the id was drawn, and is found whatever the clock says then', async () => {
    await create();
    const afterId = (await project.jobs.drawId?.())?.id;
    expect(afterId).toMatch(/^\d+$/);
    expect(await found({}, { afterId: afterId ?? '' })).toEqual([]);
    const jobId = await create();
    project.sandbox.clock.advance(10 * 60_000);
    expect(await found({}, { afterId: afterId ?? '' })).toEqual([jobId]);
  });

  test('is found by its time where no id is known and the clock of Keboola is behind, which its answers tell', async () => {
    const jobId = await create();
    const sentSinceMs = project.sandbox.clock.now() + 3 * HOUR_MS;
    const ids = async (askedAtMs: number): Promise<string[]> => {
      const { hits } = await search({}, {}, { sentSinceMs, askedAtMs });
      return hits.map((view) => view.jobId);
    };
    expect(await ids(sentSinceMs + 1_000)).toEqual([jobId]);
    // Both clocks agree, and it is three hours older.
    expect(await ids(project.sandbox.clock.now())).toEqual([]);
  });

  test('was not made where there is only one that was made once it could no longer be at work', async () => {
    const laterId = (await project.jobs.drawId?.())?.id ?? '';
    await create();
    project.sandbox.clock.advance(LAG_SECONDS * 1_000);
    const { hits, unlike, absence } = await search({}, {}, { laterId });
    expect({ hits, unlike, absence }).toEqual({ hits: [], unlike: [], absence: 'certain' });
  });

  test('is not taken for a job of another token, where that of the creation is known', async () => {
    const jobId = await create();
    const { token } = (await project.sandbox.jobs())[0] as unknown as { token: { id: string } };
    expect(await found({}, { sentBy: `${token.id}0` })).toEqual([]);
    expect(await found({}, { sentBy: token.id })).toEqual([jobId]);
  });

  test('is not taken for a job of a third token where only those are known that drew the id and that ask', async () => {
    const jobId = await create();
    const { drawnBy = '' } = (await project.jobs.drawId?.()) ?? {};
    const own = await documentOf(project, QUEUE_V2, jobId);
    const show = (tokenId: string): unknown =>
      project.sandbox.faults.add({ route: 'primaryList', replaceBody: [{ ...own, token: { id: tokenId } }] });
    for (const [shown, known, ids] of [
      [drawnBy, { drawnBy }, [jobId]],
      ['70', { drawnBy }, []],
      // It was replaced between the two.
      [drawnBy, { drawnBy: '69' }, [jobId]],
      ['69', { drawnBy: '69' }, [jobId]],
    ] as const) {
      show(shown);
      expect(await found({}, { afterId: '1', ...known })).toEqual(ids);
    }
  });

  test('is not hidden by however many others of the same', async () => {
    const jobId = await create();
    for (let other = 0; other < 30; other++) await create();
    expect((await found()).at(0)).toBe(jobId);
    expect(await found()).toHaveLength(31);
  });

  test('is found where the server does not show the tasks that were sent', async () => {
    const what = { component: 'keboola.flow', config: 'nightly', flowTasks: ['http'] };
    await project.sandbox.settings({ queueUndocumentedKeys: 'ignored' });
    const jobId = await create(what);
    expect(await found(what)).toEqual([jobId]);
  });

  test('is not one in a development branch, nor one with the fence of another creation', async () => {
    await create({ branchId: '77' });
    const { unfenced, ...fenced } = RUN;
    const other: RunRequest = { ...fenced, runId: '900000000000002', fencedByVariable: true };
    await (await project.jobs.prepareCreate(other)).send();
    const { hits, unlike } = await search({}, { afterId: '1' });
    expect({ hits, unlike }).toEqual({ hits: [], unlike: [] });
  });

  test('may be any in a branch where nobody tells which one is the main one, and is none for certain', async () => {
    const jobId = await create();
    project.sandbox.faults.add({ route: 'branches', status: 403 });
    const { hits, unlike } = await search({}, { afterId: '1' });
    expect({ hits, unlike: unlike?.map((view) => view.jobId) }).toEqual({ hits: [], unlike: [jobId] });
    expect(await found()).toEqual([jobId]);
  });

  test('and was fenced before a reset is found by its run id', async () => {
    const { unfenced, ...fenced } = RUN;
    const jobId = (await (await project.jobs.prepareCreate(fenced)).send()).jobId;
    expect(await found()).toEqual([jobId]);
    expect(await found({}, { afterId: '1' })).toEqual([]);
  });

  test('that is unlike all that is shown may be one of these all the same', async () => {
    const jobId = await create({ mode: 'debug' });
    const { unlike, hits } = await search();
    expect(hits).toEqual([]);
    expect(unlike?.map((view) => view.jobId)).toEqual([jobId]);
  });
});
