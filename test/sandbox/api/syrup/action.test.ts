import { describe, expect, it } from 'vitest';
import { ask, closeLater, pausedSandbox, post } from '../../support.js';
import { createClock, startSandbox } from '../../../../src/sandbox/index.js';

const PATH = '/docker/keboola.ex-db-mysql/action/testConnection';

const scripted = (sandbox: object): object => ({ configData: { parameters: { sandbox } } });

/** What an action answers, and how many seconds of the sandbox it took. */
async function timed(durationSeconds: number): Promise<{ status: number; message: string; seconds: number }> {
  const clock = createClock({ speed: 500 });
  const sandbox = closeLater(await startSandbox({ clock }));
  const startMs = clock.now();
  const { status, json } = await post(sandbox, PATH, scripted({ durationSeconds }));
  return { status, message: json.message, seconds: (clock.now() - startMs) / 1000 };
}

describe('a synchronous action', () => {
  it('answers at once what its component says, in every branch, and makes no job', async () => {
    const sandbox = await pausedSandbox();
    for (const path of [PATH, PATH.replace('docker/', 'docker/branch/123/')]) {
      const { status, headers, text } = await post(sandbox, path, { configData: {} });
      expect([status, text, headers['content-type']]).toEqual([200, '{"status":"success"}', 'application/json']);
    }
    expect(sandbox.counters).toMatchObject({ jobsInWorld: 0, posts: 0, requests: { action: 2 } });
  });

  it.each([
    [{ output: { tables: ['a'] } }, 200, '{"tables":["a"]}'],
    [{ output: [] }, 200, '[]'],
    [{ output: {} }, 200, '{}'],
    [{}, 200, '{}'],
    [{ outputText: '{ "a" : 1 }' }, 200, '{ "a" : 1 }'],
  ])('may be told what to answer: %j', async (script, status, text) => {
    const sandbox = await pausedSandbox();
    const answer = await post(sandbox, PATH, scripted(script));
    expect([answer.status, answer.text]).toEqual([status, text]);
  });

  it.each([
    [{ status: 'error', message: 'No such host.' }, 400, 'No such host.'],
    [
      { status: 'error', error: 'application', message: 'Trace' },
      500,
      'Contact support@keboola.com and attach this exception id.',
    ],
    [{ outputText: ' ' }, 400, 'No response from component.'],
    [{ outputText: 'Warning: x' }, 400, 'Decoding JSON response from component failed'],
    [{ outputs: 1 }, 400, 'configData.parameters.sandbox is not valid: (top level): Unrecognized key: "outputs"'],
  ])('may fail: %j', async (script, status, message) => {
    const sandbox = await pausedSandbox();
    const { json, ...answer } = await post(sandbox, PATH, scripted(script));
    expect([answer.status, json.message, json['code']]).toEqual([status, message, status]);
  });

  it('takes its time, in that of the sandbox, and 45 seconds at most', async () => {
    const [short, long] = [await timed(45), await timed(7_200)];
    expect(short.status).toBe(200);
    expect(short.seconds).toBeGreaterThanOrEqual(45);
    expect(long).toMatchObject({
      status: 400,
      message: 'Running sandbox/keboola.ex-db-mysql:latest container exceeded the timeout of 45 seconds.',
    });
    expect(long.seconds).toBeGreaterThanOrEqual(45);
    expect(long.seconds).toBeLessThan(7_200);
  });

  it.each([
    ['/docker/no.such/action/testConnection', {}, 404, "Component 'no.such' not found"],
    ['/docker/keboola.ex-db-mysql/action/none', {}, 404, "Action 'none' not found"],
    ['/docker/keboola.ex-http/action/testConnection', {}, 404, "Action 'testConnection' not found"],
    [PATH, {}, 400, "Attribute 'configData' missing in request body"],
    [PATH, { configData: null }, 400, "Attribute 'configData' missing in request body"],
    [PATH, 1, 400, 'Bad JSON format of request body'],
  ])('is refused: %s %j', async (path, body, status, message) => {
    const sandbox = await pausedSandbox();
    const answer = await post(sandbox, path, body);
    expect([answer.status, answer.json.message]).toEqual([status, message]);
  });

  it('is refused without a token and to those who may only read', async () => {
    const sandbox = await pausedSandbox();
    const statuses = [null, 'wrong', '1134-53045-readonly'].map(
      async (token) => (await post(sandbox, PATH, { configData: {} }, { token })).status,
    );
    expect(await Promise.all(statuses)).toEqual([400, 401, 400]);
    expect((await ask(sandbox, PATH)).status).toBe(404);
  });

  it('of the name run is not allowed, even where it is listed', async () => {
    const components = [{ id: 'acme.ex', kind: 'docker', name: 'Ex', data: { synchronous_actions: ['run'] } } as const];
    const projects = [{ id: 1, name: 'One', tokens: [{ token: 'one', id: '1', description: 'x' }] }];
    const sandbox = closeLater(await startSandbox({ fixture: { components, projects } }));
    const { status, json } = await post(sandbox, '/docker/acme.ex/action/run', { configData: {} });
    expect([status, json.message]).toEqual([405, "Action 'run' not allowed"]);
  });

  it('can be broken like everything else', async () => {
    const sandbox = await pausedSandbox();
    sandbox.faults.add({ route: 'action', status: 502, html: '<h1>Bad gateway</h1>' });
    expect((await post(sandbox, PATH, { configData: {} })).status).toBe(502);
    sandbox.faults.add({ route: 'action', reset: 'after' });
    await expect(post(sandbox, PATH, { configData: {} })).rejects.toThrow();
  });
});
