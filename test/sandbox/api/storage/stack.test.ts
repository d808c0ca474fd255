import { describe, expect, it } from 'vitest';
import { ask, components, containing, pausedSandbox, post } from '../../support.js';

describe('the index of Storage', () => {
  it('needs no token and points all services back to the sandbox', async () => {
    const sandbox = await pausedSandbox();
    const { status, json } = await ask(sandbox, '/v2/storage', { token: null });
    expect([status, json.api, json.version]).toEqual([200, 'storage', 'v2']);
    expect(json.services).toEqual(expect.arrayContaining([{ id: 'syrup', url: sandbox.url }]));
    expect(json['components']).toContainEqual(containing({ id: 'keboola.wr-google-sheets' }));
  });

  it('leaves components out on request', async () => {
    const sandbox = await pausedSandbox();
    expect((await ask(sandbox, '/v2/storage?exclude=components')).json).not.toHaveProperty('components');
  });

  it('names the public address when there is one', async () => {
    const sandbox = await pausedSandbox({ publicUrl: 'http://keboola.test:8080/' });
    expect(sandbox.url).toBe('http://keboola.test:8080');
  });
});

describe('components', () => {
  it('are those with configurations in the project, branched or not, with configurations only on request', async () => {
    const sandbox = await pausedSandbox();
    const ids = async (path: string, token = sandbox.token): Promise<unknown> =>
      (await components(sandbox, path, { token })).map(({ id }) => id);
    const all = [
      'ex-db',
      'keboola.ex-http',
      'keboola.ex-db-mysql',
      'keboola.snowflake-transformation',
      'keboola.wr-google-sheets',
    ];
    expect(await ids('/v2/storage/components')).toEqual(all);
    expect(await ids('/v2/storage/branch/default/components')).toEqual(all);
    expect(await ids('/v2/storage/branch/123/components?componentType=writer')).toEqual(['keboola.wr-google-sheets']);
    expect(await ids('/v2/storage/components?isDeleted=true')).toEqual([]);
    expect(await ids('/v2/storage/components', '2222-1-other')).toEqual(['ex-db']);
  });

  it('list what the project has of them, with rows and state on request', async () => {
    const sandbox = await pausedSandbox();
    const path = '/v2/storage/components';
    const [, shown] = await components(sandbox, `${path}?include=configuration,rows,state`);
    expect(shown?.uri).toBe(`${sandbox.url}/docker/keboola.ex-http`);
    expect(shown?.configurations?.map(({ id }) => id)).toEqual([
      'success',
      'user-error',
      'application-error',
      'warning',
      'medium',
      'slow',
      'parent',
      'grandparent',
    ]);
    expect(shown?.configurations?.[0]).toEqual(expect.objectContaining({ rows: [], state: {} }));
    expect((await components(sandbox, path))[1]).not.toHaveProperty('configurations');
  });

  it('list the rows of one configuration, in any branch', async () => {
    const sandbox = await pausedSandbox();
    const rows = 'components/keboola.ex-db-mysql/configs/rows/rows';
    for (const path of [`/v2/storage/${rows}`, `/v2/storage/branch/7/${rows}`]) {
      const { json } = await ask(sandbox, path, { token: '5555-1-queue' });
      expect(json).toMatchObject([{ id: 'orders' }, { id: 'people' }, { id: 'prices' }]);
    }
    const missing = await ask(sandbox, `/v2/storage/${rows}`);
    expect([missing.status, missing.json.code]).toEqual([404, 'storage.components.configurations.notFound']);
  });

  it('can be looked at one by one without a token', async () => {
    const sandbox = await pausedSandbox();
    const { json } = await ask(sandbox, '/v2/storage/components/ex-db', { token: null });
    expect(json).toMatchObject({ id: 'ex-db', uri: `${sandbox.url}/ex-db` });
    const missing = await ask(sandbox, '/v2/storage/components/none', { token: null });
    expect([missing.status, missing.json.code]).toEqual([404, 'storage.components.notFound']);
  });
});

describe('tokens', () => {
  it('are verified with their project, role and features, and never repeated', async () => {
    const sandbox = await pausedSandbox();
    const verify = async (token: string): Promise<unknown> =>
      (await ask(sandbox, '/v2/storage/tokens/verify', { token })).json;
    expect(await verify(sandbox.token)).toMatchObject({
      id: '53044',
      description: 'ondrej.popelka@keboola.com',
      canCreateJobs: true,
      owner: { id: 1134, name: 'Tutorial', features: [] },
    });
    expect(await verify('1134-53045-readonly')).toMatchObject({ admin: { role: 'readOnly' }, owner: { id: 1134 } });
    expect(await verify('2222-1-other')).toMatchObject({ owner: { id: 2222 } });
    expect(await verify('4444-1-queuev2')).toMatchObject({ owner: { features: ['queuev2'] } });
    expect(JSON.stringify(await verify(sandbox.token))).not.toContain(sandbox.token);
  });

  it('that are missing or unknown are refused with a code of Storage', async () => {
    const sandbox = await pausedSandbox();
    for (const token of [null, '1134-1-expired']) {
      const { status, json } = await ask(sandbox, '/v2/storage/tokens/verify', { token });
      expect([status, json.code]).toEqual([401, 'storage.tokenInvalid']);
    }
  });

  it('take tickets from the one sequence that jobs take theirs from', async () => {
    const sandbox = await pausedSandbox();
    const ticket = await post(sandbox, '/v2/storage/tickets', {});
    const job = await post(sandbox, '/ex-db/run', {});
    expect([ticket.status, ticket.json]).toEqual([201, { id: '186985832' }]);
    expect([job.json.id, job.json.runId]).toEqual([186985833, '186985834']);
  });
});
