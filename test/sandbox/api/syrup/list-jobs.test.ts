import { describe, expect, it } from 'vitest';
import type { ControlledClock, Sandbox } from '../../../../src/sandbox/index.js';
import { ask, list, pausedSandbox, post, read, run, runScript } from '../../support.js';

async function ids(sandbox: Sandbox, query: Record<string, string>): Promise<unknown[]> {
  return (await list(sandbox, query)).map(({ id }) => id);
}

describe('the list of jobs', () => {
  it('shows a job only after the lag of the index, and each change as late', async () => {
    const sandbox = await pausedSandbox({ searchLagSeconds: 5 });
    const id = await run(sandbox, 'success');
    sandbox.clock.advance(4_999);
    expect(await list(sandbox)).toEqual([]);
    expect((await read(sandbox, id)).status).toBe('success');
    sandbox.clock.advance(1);
    expect((await list(sandbox)).map(({ status }) => status)).toEqual(['waiting']);
    sandbox.clock.advance(200);
    expect((await list(sandbox)).map(({ status }) => status)).toEqual(['processing']);
    sandbox.clock.advance(3_000);
    expect(await list(sandbox)).toEqual([await read(sandbox, id)]);
  });

  it('is newest first, paged by limit and offset, and has only jobs of the own project', async () => {
    const sandbox = await pausedSandbox();
    for (let count = 0; count < 105; count++) await post(sandbox, '/ex-db/run', {});
    await post(sandbox, '/ex-db/run', {}, { token: '2222-1-other' });
    sandbox.clock.advance(1_000);
    const newest = 186985832 + 2 * 104;
    expect(await ids(sandbox, {})).toEqual(Array.from({ length: 100 }, (_, index) => newest - 2 * index));
    expect(await ids(sandbox, { limit: '2', offset: '1' })).toEqual([newest - 2, newest - 4]);
    expect(await ids(sandbox, { offset: '104' })).toEqual([186985832]);
    expect(await ids(sandbox, { limit: '0' })).toEqual([]);
    expect((await ask(sandbox, '/queue/jobs', { token: '2222-1-other' })).json).toHaveLength(1);
  });

  it('shifts its pages while jobs come in, so that a page repeats what the one before it showed', async () => {
    const sandbox = await pausedSandbox();
    const made: number[] = [];
    for (let count = 0; count < 4; count++) made.unshift(Number(await runScript(sandbox, {})));
    sandbox.clock.advance(1_000);
    expect(await ids(sandbox, { limit: '2' })).toEqual(made.slice(0, 2));
    await runScript(sandbox, {});
    expect(await ids(sandbox, { limit: '2', offset: '2' })).toEqual(made.slice(2));
    sandbox.clock.advance(1_000);
    expect(await ids(sandbox, { limit: '2', offset: '2' })).toEqual(made.slice(1, 3));
  });

  it('refuses numbers and times that it cannot read', async () => {
    const sandbox = await pausedSandbox();
    const refusals = ['limit=10001', 'limit=-1', 'limit=x', 'offset=1.5', 'since=soon', 'q=(a', 'q=*a', 'q=a)', 'q=a:'];
    for (const query of refusals) {
      const { status, json } = await ask(sandbox, `/queue/jobs?${query}`);
      expect([query, status, json.status]).toEqual([query, 400, 'error']);
    }
  });

  it('filters by creation with since and until, and ignores until alone', async () => {
    const sandbox = await pausedSandbox();
    const [first = 0, second = 0, third = 0] = await threeJobs(sandbox);
    expect(await ids(sandbox, { since: '-3 hours' })).toEqual([third, second]);
    expect(await ids(sandbox, { since: '2016-05-15T20:14:47+02:00' })).toEqual([third, second]);
    expect(await ids(sandbox, { since: '2016-05-15 20:14:48' })).toEqual([third]);
    expect(await ids(sandbox, { since: 'yesterday', until: '-3 hours' })).toEqual([first]);
    expect(await ids(sandbox, { until: '-3 hours' })).toEqual([third, second, first]);
  });

  it('answers the queries that clients of Keboola send', async () => {
    const sandbox = await pausedSandbox();
    const [success = 0, warning = 0, native = 0] = await threeJobs(sandbox);
    const expectQuery = async (q: string, expected: number[]): Promise<void> => {
      expect([q, await ids(sandbox, { q })]).toEqual([q, expected]);
    };
    await expectQuery('', [native, warning, success]);
    await expectQuery('+params.component:keboola.ex-http +params.config:success', [success]);
    await expectQuery('component:docker status:warning', [warning]);
    await expectQuery('component:docker AND status:warning', [warning]);
    await expectQuery('params.component:(keboola.ex-http OR keboola.wr-google-sheets) AND -status:success', [warning]);
    await expectQuery('+(params.row:1 OR (NOT _exists_: params.row))', [native, warning, success]);
    await expectQuery('_exists_:params.row', []);
    await expectQuery('durationSeconds:>=3', [native, warning, success]);
    await expectQuery('durationSeconds:>7200', []);
    await expectQuery('startTime:[2016-05-15 TO *]', [native, warning, success]);
    await expectQuery('startTime:[* TO 2016-05-14]', []);
    await expectQuery('runId:900.*', [warning]);
    await expectQuery('runId:900', []);
    await expectQuery('nestingLevel:1', [warning]);
    await expectQuery('status:warning OR component:ex-db', [native, warning]);
    await expectQuery('NOT (status:warning OR component:ex-db)', [success]);
    await expectQuery('lockName:"ex-db-1134-sampledatabase"', [native]);
    await expectQuery('token.description:popelka', []);
    await expectQuery('token.description:ondrej.popelka', [native, warning, success]);
    await expectQuery(`id:${warning}`, [warning]);
    await expectQuery('sampledatabase', [native]);
  });

  it('matches parameters by words, so that neighbours show up as in Keboola', async () => {
    const sandbox = await pausedSandbox();
    const [success = 0] = await threeJobs(sandbox);
    const near = await post(sandbox, '/docker/keboola.ex-http/run', { config: 'success-2' });
    sandbox.clock.advance(2_000);
    expect(await ids(sandbox, { q: 'params.config:success' })).toEqual([Number(near.json.id), success]);
  });

  it('filters exactly by app, status and run id', async () => {
    const sandbox = await pausedSandbox();
    const [success = 0, warning = 0, native = 0] = await threeJobs(sandbox);
    expect(await ids(sandbox, { component: 'docker' })).toEqual([warning, success]);
    expect(await ids(sandbox, { component: 'keboola.ex-http' })).toEqual([]);
    expect(await ids(sandbox, { status: 'warning', component: '' })).toEqual([warning]);
    expect(await ids(sandbox, { runId: String(native + 1) })).toEqual([native]);
    expect(await ids(sandbox, { runId: '900' })).toEqual([]);
  });
});

/** A success, a warning under run 900 and a native one, two hours apart and all over. */
async function threeJobs(sandbox: Sandbox<ControlledClock>): Promise<number[]> {
  const success = Number(await run(sandbox, 'success'));
  sandbox.clock.advance(7_200_000);
  const warning = Number(await runScript(sandbox, { status: 'warning' }, { 'x-kbc-runid': '900' }));
  sandbox.clock.advance(7_200_000);
  const native = await post(sandbox, '/ex-db/run', { config: 'sampledatabase' });
  sandbox.clock.advance(5_000);
  return [success, warning, Number(native.json.id)];
}
