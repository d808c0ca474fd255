import { describe, expect, it } from 'vitest';
import { ask, matching, pausedSandbox, post, read } from '../../support.js';

const DOCKER = '/docker/keboola.ex-http/run';

describe('creating a job', () => {
  it('answers short and with a text id for docker components, and the detail is found at once', async () => {
    const sandbox = await pausedSandbox();
    const { status, json } = await post(sandbox, DOCKER, { config: 'success' });
    expect(status).toBe(202);
    expect(json).toEqual({ id: '186985832', url: `${sandbox.url}/queue/job/186985832`, status: 'waiting' });
    expect(await read(sandbox, json.id)).toMatchObject({
      id: 186985832,
      runId: '186985833',
      lockName: 'docker-1134-keboola.ex-http-success',
      component: 'docker',
      params: { config: 'success', component: 'keboola.ex-http', mode: 'run' },
      usage: null,
    });
  });

  it('takes tag, branch and mode from the path and component and mode never from the body', async () => {
    const sandbox = await pausedSandbox();
    const body = { config: 1, component: 'other', mode: 'debug' };
    const paramsOf = async (path: string): Promise<unknown> => {
      const { json } = await post(sandbox, path, body);
      return (await read(sandbox, json.id))['params'];
    };
    const params = { config: 1, component: 'keboola.ex-http', mode: 'run' };
    expect(await paramsOf(DOCKER)).toEqual(params);
    expect(await paramsOf(`${DOCKER}/tag/1.2.3`)).toEqual({ ...params, tag: '1.2.3' });
    expect(await paramsOf('/docker/keboola.ex-http/debug')).toEqual({ ...params, mode: 'debug' });
    expect(await paramsOf('/docker/branch/77/keboola.ex-http/run')).toEqual({ ...params, branchId: '77' });
    expect(await paramsOf('/docker/branch/77/keboola.ex-http/run/tag/2')).toMatchObject({ branchId: '77', tag: '2' });
    expect(await paramsOf('/docker/branch/77/keboola.ex-http/debug')).toMatchObject({ branchId: '77', mode: 'debug' });
  });

  it('puts the run id of the caller in front, whatever it is, and counts the dots', async () => {
    const sandbox = await pausedSandbox();
    const created = async (prefix: string): Promise<unknown> => {
      const { json } = await post(sandbox, '/ex-db/run', {}, { headers: { 'x-kbc-runid': prefix } });
      return [json.runId, json.nestingLevel];
    };
    expect(await created('999')).toEqual(['999.186985833', 1]);
    expect(await created('912345678901234.7.x y')).toEqual(['912345678901234.7.x y.186985835', 3]);
    expect(await created('')).toEqual(['186985837', 0]);
  });

  it('takes no body, null, {} and the empty list of PHP as no parameters', async () => {
    const sandbox = await pausedSandbox();
    for (const rawBody of ['', 'null', '{}', '[]', ' \n']) {
      const { status, json } = await ask(sandbox, '/ex-db/run', { method: 'POST', rawBody });
      expect([status, json.params, json.lockName]).toEqual([202, {}, 'ex-db-1134']);
      const docker = await ask(sandbox, DOCKER, { method: 'POST', rawBody });
      expect([docker.status, docker.json.message]).toEqual([400, "Specify 'config' or 'configData'."]);
    }
  });

  it('shows cipher text in place of every secret, at any depth, and leaves cipher text alone', async () => {
    const sandbox = await pausedSandbox();
    const configData = {
      parameters: { '#password': 'hunter2', db: [{ '#pin': 1234, user: 'me' }], '#old': 'KBC::ComponentSecure::x' },
    };
    const { json } = await post(sandbox, DOCKER, { configData });
    const { text } = await ask(sandbox, `/queue/job/${json.id}`);
    const { params } = await read(sandbox, json.id);
    const cipher = matching(/^KBC::ProjectSecure::/);
    expect(text).not.toMatch(/hunter2|1234,/);
    const db = [{ '#pin': cipher, user: 'me' }];
    const parameters = { '#password': cipher, db, '#old': 'KBC::ComponentSecure::x' };
    expect(params['configData']).toEqual({ parameters });
  });

  it('never locks inline configurations against each other', async () => {
    const sandbox = await pausedSandbox();
    const body = { configData: {} };
    const first = await post(sandbox, DOCKER, body);
    sandbox.clock.advance(1);
    const second = await post(sandbox, DOCKER, body);
    const names = await Promise.all(
      [first, second].map(async ({ json }) => (await read(sandbox, json.id))['lockName']),
    );
    expect(new Set(names).size).toBe(2);
  });
});

describe('refusing to create a job', () => {
  it('checks in the order of the docker app', async () => {
    const sandbox = await pausedSandbox();
    const refusal = async (path: string, rawBody: string, token: string | null = sandbox.token): Promise<unknown> => {
      const { status, json } = await ask(sandbox, path, { method: 'POST', rawBody, token });
      return [status, json.message];
    };
    const unknown = '/docker/no.such/run';
    expect(await refusal(unknown, '{', null)).toEqual([400, 'Missing StorageAPI token']);
    expect(await refusal(unknown, '{', 'wrong')).toEqual([401, 'Invalid StorageApi Token']);
    expect(await refusal(unknown, '{')).toEqual([400, 'Bad JSON format of request body']);
    expect(await refusal(unknown, '{"row":1}')).toEqual([400, "Component 'no.such' not found."]);
    expect(await refusal(DOCKER, '{"row":1,"x":1}')).toEqual([400, "Specify both 'row' and 'config'."]);
    expect(await refusal(DOCKER, '{"x":1}')).toEqual([400, "Specify 'config' or 'configData'."]);
    const readOnly = '1134-53045-readonly';
    const notAllowed = [400, matching(/^Parameter 'x' is not allowed. Allowed params are 'component,/)];
    expect(await refusal(DOCKER, '{"config":[],"x":1}', readOnly)).toEqual(notAllowed);
    expect(await refusal(DOCKER, '{"config":[]}', readOnly)).toEqual([400, matching(/readOnly/)]);
    const queuev2 = [400, matching(/Job Queue API/)];
    expect(await refusal(DOCKER, '{"config":[]}', '4444-1-queuev2')).toEqual(queuev2);
    expect(await refusal(DOCKER, '{"config":[]}')).toEqual([400, "Body parameter 'config' is not a number."]);
    expect(sandbox.counters).toMatchObject({ posts: 10, jobs: 0, jobsInWorld: 0 });
  });

  it('refuses keys that the native app does not declare', async () => {
    const sandbox = await pausedSandbox();
    const { status, json } = await post(sandbox, '/ex-db/run', { table: 1 });
    expect(status).toBe(400);
    expect(json.message).toBe("Parameter 'table' is not allowed. Allowed params are 'config,row,configData'");
  });

  it('refuses a run without a component', async () => {
    const sandbox = await pausedSandbox();
    expect((await post(sandbox, '/docker/run', { config: 1 })).status).toBe(400);
  });

  it('names what is wrong with an inline script', async () => {
    const sandbox = await pausedSandbox();
    const refusal = async (script: unknown): Promise<string> => {
      const { status, json } = await post(sandbox, DOCKER, { configData: { parameters: { sandbox: script } } });
      expect(status).toBe(400);
      return json.message;
    };
    expect(await refusal({ durationSeconds: 'long' })).toMatch(/^configData.parameters.sandbox .*durationSeconds: /);
    expect(await refusal({ duration: 1 })).toMatch(/"duration"/);
    expect(await refusal({ children: [{ component: 'no.such' }] })).toMatch(/unknown component no.such/);
  });

  it('survives a body nested as deep as bodies can be', async () => {
    const sandbox = await pausedSandbox();
    const rawBody = `{"configData":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const { status, json } = await ask(sandbox, DOCKER, { method: 'POST', rawBody });
    expect([status, json.message]).toEqual([400, matching(/nested deeper/)]);
  });

  it('answers 413 in the usual envelope to a body that is too long', async () => {
    const sandbox = await pausedSandbox();
    const { status, json } = await ask(sandbox, DOCKER, { method: 'POST', rawBody: 'x'.repeat(17_000_000) });
    expect([status, json.error]).toEqual([413, 'User error']);
  });
});
