import { describe, expect, it } from 'vitest';
import { ask, matching, post } from '../../support.js';
import { call, create, HTTP, queueSandbox, TOKEN } from './support.js';

const body = { component: HTTP, config: 'success' };

describe('a token', () => {
  it.each([
    ['that is missing', null, 401, 'Authentication token is missing'],
    ['that is unknown', '5555-1-wrong', 401, 'Invalid access token'],
    ['of a project without the feature', '1134-53044-sandbox', 403, 'Project does not have feature "queuev2" enabled'],
    ['of a disabled project', '3333-1-disabled', 503, matching(/disabled/)],
  ])('%s is refused by every call', async (_what, token, status, error) => {
    const sandbox = await queueSandbox();
    const calls = [
      'POST /jobs',
      'GET /jobs/1',
      'POST /jobs/1/kill',
      'GET /search/jobs',
      'GET /jobs',
      'GET /stats/project',
    ];
    for (const line of [...calls, 'GET /search/grouped-jobs', 'GET /orchestration-rerun-plan/1', 'POST /actions']) {
      const answer = await call(sandbox, line, { token });
      expect([line, answer.status, answer.json.error]).toEqual([line, status, error]);
    }
  });

  it('of Queue v2 cannot run anything by Syrup', async () => {
    const sandbox = await queueSandbox();
    const refused = await post(sandbox, '/docker/keboola.ex-http/run', { config: 'success' }, { token: TOKEN });
    expect([refused.status, refused.json.message]).toEqual([400, matching(/Job Queue API/)]);
    const action = '/docker/keboola.ex-db-mysql/action/testConnection';
    expect((await post(sandbox, action, { configData: {} }, { token: TOKEN })).status).toBe(400);
  });

  it('may come as a bearer only if that is set', async () => {
    const sandbox = await queueSandbox();
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect((await call(sandbox, 'GET /jobs', { token: null, headers })).status).toBe(401);
    await sandbox.settings({ queueBearerTokens: true });
    expect((await call(sandbox, 'GET /jobs', { token: null, headers })).status).toBe(200);
  });
});

describe('a role', () => {
  const tokens = ['admin', 'readOnly', 'productionManager', 'developer', 'reviewer', 'none'].map((role, at) => ({
    token: role,
    id: String(at),
    description: role,
    role: role as 'admin',
  }));
  const plain = { token: 'able', id: '9', description: 'd', role: 'none' as const, components: [HTTP] };
  const features = ['queuev2', 'protected-default-branch'];
  const configurations = [{ component: HTTP, id: 'success' }];
  const project = { id: 9, name: 'P', features, configurations };
  const fixture = {
    projects: [{ ...project, tokens: [...tokens.map((token) => ({ ...token, canCreateJobs: false })), plain] }],
  };

  it.each([
    ['admin', 400, 400],
    ['readOnly', 400, 400],
    ['productionManager', 201, 400],
    ['developer', 400, 201],
    ['reviewer', 400, 201],
    ['none', 400, 400],
    ['able', 201, 201],
  ])('of %s gets %s on a protected branch and %s on another one', async (token, onMain, onDev) => {
    const sandbox = await queueSandbox({ fixture });
    const [main, dev] = [
      await call(sandbox, 'POST /jobs', { body, token }),
      await call(sandbox, 'POST /jobs', { body: { ...body, branchId: '7' }, token }),
    ];
    expect([main.status, dev.status]).toEqual([onMain, onDev]);
  });

  it('is refused in words that name role and branch, with a code of 0 or that of HTTP', async () => {
    const sandbox = await queueSandbox({ fixture });
    const refusal = async (token: string, more: object = {}): Promise<unknown> => {
      const { json } = await call(sandbox, 'POST /jobs', { body: { ...body, ...more }, token });
      return [json.error, json.code];
    };
    expect(await refusal('developer')).toEqual(['Role "developer" is not allowed to run jobs on default branch', 0]);
    await sandbox.settings({ queueErrorCode: 'status' });
    const without = 'Role "none" without "canCreateJobs" permission is not allowed to run jobs on dev branch';
    expect(await refusal('none', { branchId: '7' })).toEqual([without, 400]);
    const component = 'keboola.ex-db-mysql';
    expect(await refusal('able', { component, config: null })).toEqual([
      `Token is not allowed to run component "${component}"`,
      400,
    ]);
  });

  it('is told by the verification of the token', async () => {
    const sandbox = await queueSandbox({ fixture });
    const { json } = await ask(sandbox, '/v2/storage/tokens/verify', { token: 'able' });
    expect(json).toMatchObject({ isMasterToken: false, canCreateJobs: true, componentAccess: [HTTP] });
    expect(json).not.toHaveProperty('admin');
  });
});

describe('what is around the queue', () => {
  it('is named by the index only where a project needs it', async () => {
    const ids = async (sandbox: Awaited<ReturnType<typeof queueSandbox>>): Promise<string[]> => {
      const { json } = await ask(sandbox, '/v2/storage?exclude=components');
      return (json['services'] as { id: string }[]).map(({ id }) => id);
    };
    expect(await ids(await queueSandbox())).toEqual(
      expect.arrayContaining(['syrup', 'queue', 'sync-actions', 'notification']),
    );
    const project = { id: 1, name: 'P', tokens: [{ token: 't', id: '1', description: 'd' }] };
    expect(await ids(await queueSandbox({ fixture: { projects: [project] } }))).not.toContain('queue');
  });

  it('are the events of a job, by its id and not by its run id', async () => {
    const sandbox = await queueSandbox();
    const { id, runId } = await create(sandbox, body, { 'x-kbc-runid': '12' });
    sandbox.clock.advance(10_000);
    const events = async (of: string): Promise<unknown> =>
      (await ask(sandbox, `/v2/storage/events?runId=${of}`, { token: TOKEN })).json;
    expect(await events(id)).toHaveLength(3);
    expect(await events(runId)).toEqual([]);
  });

  it('are synchronous actions, which make no job', async () => {
    const sandbox = await queueSandbox();
    const componentId = 'keboola.ex-db-mysql';
    expect((await call(sandbox, `GET /actions?componentId=${componentId}`)).json).toEqual([
      'testConnection',
      'getTables',
    ]);
    const run = async (more: object): Promise<unknown> => {
      const { status, json } = await call(sandbox, 'POST /actions', {
        body: { componentId, action: 'getTables', configData: [], ...more },
      });
      return [status, json.error ?? json];
    };
    expect(await run({})).toEqual([201, { status: 'success', tables: [] }]);
    expect(await run({ action: 'none' })).toEqual([404, matching(/Action "none"/)]);
    expect(await run({ componentId: 'none' })).toEqual([404, matching(/Component "none"/)]);
    expect(await run({ configData: null })).toEqual([400, matching(/configData/)]);
    const failing = { parameters: { sandbox: { status: 'error', message: 'No such host' } } };
    expect(await run({ configData: failing })).toEqual([400, 'No such host']);
    expect(sandbox.counters.jobsInWorld).toBe(0);
  });

  it('is a lineage, in the plural or the singular', async () => {
    const sandbox = await queueSandbox();
    const { id } = await create(sandbox, body);
    sandbox.clock.advance(10_000);
    expect((await call(sandbox, `GET /jobs/${id}/open-api-lineage`)).json).toMatchObject([
      { eventType: 'START' },
      { eventType: 'COMPLETE' },
    ]);
    expect((await call(sandbox, `GET /job/${id}/open-api-lineage`)).status).toBe(404);
    await sandbox.settings({ queueLineagePath: 'job' });
    expect((await call(sandbox, `GET /job/${id}/open-api-lineage`)).status).toBe(200);
  });

  it('has faults in its own envelope', async () => {
    const sandbox = await queueSandbox();
    sandbox.faults.add({ route: 'list', status: 503, headers: { 'retry-after': '7' } });
    const { status, headers, json } = await call(sandbox, 'GET /search/jobs');
    expect([status, headers['retry-after'], json.error]).toEqual([503, '7', 'Internal Server Error occurred.']);
    expect((await ask(sandbox, '/jobs/1/nothing', { token: TOKEN })).json).toMatchObject({
      status: 'error',
      code: 404,
    });
  });
});
