import { describe, expect, it } from 'vitest';
import { ask, list, pausedSandbox, post, read } from '../../support.js';
import { createFixture } from '../../../../src/sandbox/fixture/fixture.js';

const WRITER = '/gooddata-writer/v2/main';

describe('the GoodData Writer', () => {
  it('answers an asynchronous call with a job and where to poll it', async () => {
    const sandbox = await pausedSandbox();
    const body = { tables: ['out.c-main.orders'] };
    const { status, json } = await post(sandbox, `${WRITER}/load-data`, body, { headers: { 'x-kbc-runid': '77' } });
    expect([status, json]).toMatchObject([
      202,
      {
        component: 'gooddata-writer',
        command: 'load-data',
        status: 'waiting',
        isFinished: false,
        nestingLevel: 1,
        params: { ...body, writerId: 'main' },
        url: `${sandbox.url}/queue/job/${json.id}`,
      },
    ]);
    sandbox.clock.advance(10_000);
    const job = await read(sandbox, json.id);
    expect(job).toMatchObject({ status: 'success', component: 'gooddata-writer', command: 'load-data' });
    expect(job.runId).toMatch(/^77\.\d+$/);
    expect(sandbox.counters.byRunIdPrefix('77')).toMatchObject({ posts: 1, jobs: 1, directJobs: 1 });
  });

  it('takes every verb but GET, with and without a writer', async () => {
    const sandbox = await pausedSandbox();
    const ask202 = async (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object) => {
      const { status, json } = await ask(sandbox, path, { method, body });
      return [status, json['command'], json.params];
    };
    expect(await ask202('POST', '/gooddata-writer/v2', { writerId: 'main' })).toEqual([
      202,
      'v2',
      { writerId: 'main' },
    ]);
    expect(await ask202('DELETE', WRITER)).toEqual([202, 'v2', { writerId: 'main' }]);
    expect(await ask202('PUT', `${WRITER}/filters/1`)).toEqual([202, 'filters', { writerId: 'main' }]);
    expect((await ask(sandbox, WRITER)).status).toBe(404);
    expect((await post(sandbox, '/gooddata-writer/run', {})).status).toBe(405);
  });

  it('lists its jobs by writer, and runs those of one writer one after another', async () => {
    const sandbox = await pausedSandbox({ lockRetryDelaySeconds: 1 });
    for (const writer of ['main', 'main', 'other']) await post(sandbox, `/gooddata-writer/v2/${writer}/update-model`);
    sandbox.clock.advance(2_000);
    const statuses = async (writer: string) =>
      (await list(sandbox, { component: 'gooddata-writer', q: `params.writerId:${writer}` })).map(
        ({ status }) => status,
      );
    expect([await statuses('main'), await statuses('other')]).toEqual([['waiting', 'processing'], ['processing']]);
    sandbox.clock.advance(20_000);
    expect(await statuses('main')).toEqual(['success', 'success']);
  });
});

describe('a custom asynchronous call', () => {
  it('may have any verb and any path below its own', async () => {
    const sandbox = await pausedSandbox();
    for (const method of ['GET', 'POST', 'PUT', 'DELETE'] as const) {
      const { status, json } = await ask(sandbox, '/provisioning/async/docker/1', { method });
      expect([method, status, json['command'], json.params]).toEqual([method, 202, 'docker', {}]);
    }
    expect(sandbox.counters).toMatchObject({ posts: 4, jobs: 4, requests: { custom: 4, create: 0 } });
    expect((await post(sandbox, '/provisioning/docker')).status).toBe(404);
    expect((await post(sandbox, '/provisioning/run', {})).status).toBe(202);
  });

  it('is scripted, refused and broken like a run', async () => {
    const sandbox = await pausedSandbox();
    const path = '/provisioning/async/docker';
    const configData = { parameters: { '#password': 'secret', sandbox: { status: 'error', message: 'No room.' } } };
    const { text, json } = await post(sandbox, path, { configData });
    expect(text).not.toContain('"secret"');
    sandbox.clock.advance(10_000);
    expect(await read(sandbox, json.id)).toMatchObject({ status: 'error', result: { message: 'No room.' } });
    const readOnly = { token: '1134-53045-readonly' };
    expect((await post(sandbox, path, {}, readOnly)).status).toBe(400);
    sandbox.faults.add({ route: 'custom', neverQueued: true });
    expect((await post(sandbox, path)).status).toBe(500);
    sandbox.faults.add({ route: 'custom', reset: 'after' });
    await expect(post(sandbox, path)).rejects.toThrow();
    expect(sandbox.counters.jobs).toBe(3);
  });

  it('belongs to native apps, each path once', () => {
    const fixture = (component: object) => () =>
      createFixture({ components: [{ id: 'x', name: 'X', ...component }], projects: [] });
    const asyncPaths = [{ path: 'async' }];
    expect(fixture({ kind: 'docker', asyncPaths })).toThrow(/hasRun and asyncPaths are for native apps/);
    expect(fixture({ kind: 'native', asyncPaths: [...asyncPaths, ...asyncPaths] })).toThrow(/a path occurs twice/);
    expect(fixture({ kind: 'native', asyncPaths: [{ path: '../x' }] })).toThrow(/segments of a path/);
  });
});
