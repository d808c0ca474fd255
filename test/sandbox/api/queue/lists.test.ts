import { describe, expect, it } from 'vitest';
import { matching } from '../../support.js';
import { call, create, HTTP, idsOf, list, queueSandbox, search } from './support.js';
import type { QueueJob } from './support.js';
import type { Sandbox } from '../../../../src/sandbox/index.js';

const MYSQL = 'keboola.ex-db-mysql';
const LAG_MS = 1_000;

/** Three jobs: one of HTTP, one of MySQL a minute later in a branch, and one below that. */
async function three(
  sandbox: Sandbox & { clock: { advance(byMs: number): void } },
): Promise<[QueueJob, QueueJob, QueueJob]> {
  const first = await create(sandbox, { component: HTTP, config: 'success' });
  sandbox.clock.advance(60_000);
  const second = await create(sandbox, { component: MYSQL, config: 'slow', branchId: '77', mode: 'debug' });
  const third = await create(sandbox, { component: HTTP, config: 'medium' }, { 'x-kbc-runid': `${second.runId}.5` });
  sandbox.clock.advance(LAG_MS);
  return [first, second, third];
}

describe('the search', () => {
  it('shows a job after its lag, the newest first, and not what is of other projects', async () => {
    const sandbox = await queueSandbox({ searchLagSeconds: 30 });
    const { id } = await create(sandbox, { component: HTTP });
    sandbox.clock.advance(29_999);
    expect(await search(sandbox)).toEqual([]);
    sandbox.clock.advance(1);
    expect(idsOf(await search(sandbox))).toEqual([id]);
    const foreign = await call(sandbox, 'GET /search/jobs', { token: '4444-1-queuev2' });
    expect(foreign.json).toEqual([]);
  });

  it.each<[string, number[]]>([
    ['?componentId[]=keboola.ex-db-mysql', [1]],
    ['?component=keboola.ex-http', [2, 0]],
    ['?component[0]=keboola.ex-http&component[1]=keboola.ex-db-mysql', [2, 1, 0]],
    ['?config[]=success&config[]=medium', [2, 0]],
    ['?configId=slow', [1]],
    ['?branchId[]=null', [2, 0]],
    ['?branchId[]=77', [1]],
    ['?mode=debug', [1]],
    ['?status[]=success', [0]],
    ['?status[]=nonsense', []],
    ['?tokenId[]=1&tokenDescription[]=queue@keboola.com', [2, 1, 0]],
    ['?tokenId[]=2', []],
    ['?type=standard', [2, 1, 0]],
    ['?type=container', []],
    ['?componentProps[type]=extractor&limit=1', [2]],
    ['?componentProps[type]=writer', []],
    ['?createdTimeFrom=-30%20seconds', [2, 1]],
    ['?createdTimeTo=2016-05-15T16:14:47Z', [0]],
    ['?endTimeFrom=2016-05-15', [0]],
    ['?durationSecondsFrom=3&durationSecondsTo=3', [0]],
    ['?sortBy=createdTime&sortOrder=asc&offset=1&limit=1', [1]],
    ['?sortBy=componentId&sortOrder=asc&limit=1', [1]],
    ['?parentRunId=', [1, 0]],
    ['?conponent=typo&projectId[]=1', [2, 1, 0]],
  ])('%s', async (query, expected) => {
    const sandbox = await queueSandbox();
    const jobs = await three(sandbox);
    expect(idsOf(await search(sandbox, query))).toEqual(expected.map((at) => jobs[at]?.id));
  });

  it.each([
    ['a limit that is too large', 'limit=501', /from 1 to 500/],
    ['a limit of none', 'limit=0', /limit/],
    ['a limit that is no number', 'limit=many', /limit/],
    ['a negative offset', 'offset=-1', /offset/],
    ['an unknown order', 'sortBy=name', /sortBy/],
    ['an unknown direction', 'sortOrder=up', /sortOrder/],
    ['a time that is none', 'createdTimeFrom=soon', /not a time/],
  ])('refuses %s', async (_what, query, error) => {
    const sandbox = await queueSandbox();
    const { status, json } = await call(sandbox, `GET /search/jobs?${query}`);
    expect([status, json.error]).toEqual([400, matching(error)]);
  });

  it('may cap a limit that is too large', async () => {
    const sandbox = await queueSandbox({ queueLimitOver: 'capped' });
    expect(await search(sandbox, '?limit=1000')).toEqual([]);
  });

  it('finds by the parent exactly, by the beginning of it, or not at all', async () => {
    const sandbox = await queueSandbox();
    const [first, second, third] = await three(sandbox);
    const found = async (parent: string): Promise<string[]> => idsOf(await search(sandbox, `?parentRunId=${parent}`));
    expect([await found(`${second.runId}.5`), await found(second.runId)]).toEqual([[third.id], []]);
    await sandbox.settings({ queueSearchParentRunId: 'prefix' });
    expect(await found(second.runId)).toEqual([third.id]);
    await sandbox.settings({ queueSearchParentRunId: 'ignored' });
    expect(await found(second.runId)).toEqual([third.id, second.id, first.id]);
  });

  it('can pass over the times of ends', async () => {
    const sandbox = await queueSandbox({ queueSearchEndTime: 'ignored' });
    const [first, second, third] = await three(sandbox);
    const all = idsOf([third, second, first]);
    expect(idsOf(await search(sandbox, '?endTimeFrom=2030-01-01T00:00:00Z'))).toEqual(all);
    await sandbox.settings({ queueSearchEndTime: 'obeyed' });
    expect(idsOf(await search(sandbox, '?endTimeFrom=2030-01-01T00:00:00Z'))).toEqual([]);
  });

  it('can hide jobs below others, and be silent about ends', async () => {
    const sandbox = await queueSandbox({ queueSearchChildren: 'hidden', queueSearchFinished: 'false' });
    const [first, second] = await three(sandbox);
    const found = await search(sandbox);
    expect(idsOf(found)).toEqual([second.id, first.id]);
    expect(found[1]).toMatchObject({ status: 'success', isFinished: false });
  });
});

describe('the primary list', () => {
  it('shows a job at once, and finds by the beginning of the parent', async () => {
    const sandbox = await queueSandbox({ searchStalled: true });
    const job = await create(sandbox, { component: HTTP }, { 'x-kbc-runid': '12.3' });
    expect(idsOf(await list(sandbox, '/jobs'))).toEqual([job.id]);
    expect(idsOf(await list(sandbox, '/jobs?parentRunId=12&sortBy=tokenId'))).toEqual([job.id]);
    expect(await list(sandbox, '/jobs?parentRunId=13')).toEqual([]);
    await sandbox.settings({ queuePrimaryParentRunId: 'exact' });
    expect(await list(sandbox, '/jobs?parentRunId=12')).toEqual([]);
    expect(await search(sandbox)).toEqual([]);
  });

  it.each<[string, number[]]>([
    ['component[]=keboola.ex-db-mysql', [1]],
    ['config=success', [0]],
    ['componentId[]=keboola.ex-db-mysql', [2, 1, 0]],
    ['configId=slow&status[]=success', [0]],
  ])('knows the names alone that it is specified with: %s', async (query, expected) => {
    const sandbox = await queueSandbox();
    const jobs = await three(sandbox);
    expect(idsOf(await list(sandbox, `/jobs?${query}`))).toEqual(expected.map((at) => jobs[at]?.id));
  });

  it('can be gone', async () => {
    const sandbox = await queueSandbox({ queuePrimaryList: 'gone' });
    expect((await call(sandbox, 'GET /jobs')).status).toBe(404);
  });
});

describe('grouped jobs', () => {
  it('are the oldest first of each group, filtered by parents exactly', async () => {
    const sandbox = await queueSandbox();
    const [first, , third] = await three(sandbox);
    const groups = async (query: string): Promise<unknown> =>
      (await call(sandbox, `GET /search/grouped-jobs?${query}`)).json;
    expect(await groups('groupBy[]=componentId&component=keboola.ex-http&jobsPerGroup=1')).toMatchObject([
      { group: { componentId: HTTP }, jobs: [{ id: first.id }] },
    ]);
    expect(
      await groups(`groupBy[]=componentId&groupBy[]=configId&parentRunId[]=${String(third.parentRunId)}`),
    ).toMatchObject([{ group: { componentId: HTTP, configId: 'medium' }, jobs: [{ id: third.id }] }]);
    expect(await groups('groupBy[]=projectId&filters[status]=none')).toMatchObject([{ group: { projectId: '5555' } }]);
    await sandbox.settings({ queueGroupedFilters: 'wrapped' });
    expect(await groups('groupBy[]=projectId&filters[status]=none')).toEqual([]);
  });

  it.each(['', 'groupBy[]=status', 'groupBy[]=configId&jobsPerGroup=6&limit=100'])(
    'are refused for "%s"',
    async (query) => {
      const sandbox = await queueSandbox();
      expect((await call(sandbox, `GET /search/grouped-jobs?${query}`)).status).toBe(400);
    },
  );
});

it('the deprecated lists of configurations have the latest job of each', async () => {
  const sandbox = await queueSandbox();
  await create(sandbox, { component: HTTP, config: 'success' });
  const latest = await create(sandbox, { component: HTTP, config: 'success' });
  sandbox.clock.advance(LAG_MS);
  expect(idsOf(await list(sandbox, '/latest-configurations-jobs'))).toEqual([latest.id]);
  expect(await list(sandbox, '/configurations-jobs?jobsPerConfiguration=2')).toHaveLength(2);
});
