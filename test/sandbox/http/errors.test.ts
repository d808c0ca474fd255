import { describe, expect, it } from 'vitest';
import { request } from 'undici';
import { ask, matching, pausedSandbox, post } from '../support.js';

describe('errors', () => {
  it('have the envelope of Syrup, with the run id cast to an integer', async () => {
    const sandbox = await pausedSandbox();
    const { headers, json } = await ask(sandbox, '/queue/job/5', { headers: { 'x-kbc-runid': '12.34' } });
    expect(json).toEqual({
      status: 'error',
      error: 'User error',
      code: 404,
      message: 'Job "5" not found',
      runId: 12,
      exceptionId: matching(/^queue-[0-9a-f]{32}$/),
    });
    expect(headers['content-type']).toBe('application/json');
  });

  it('answer 404 to any other route and to a known one with the wrong verb', async () => {
    const sandbox = await pausedSandbox();
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/ex-db/run'],
      ['DELETE', '/queue/jobs'],
      ['PUT', '/docker/keboola.ex-http/run'],
      ['POST', '/no-such-app/run'],
      ['POST', '/keboola.ex-http/run'],
    ] as const) {
      const { status, json } = await ask(sandbox, path, { method, token: null });
      expect([path, status, json.message]).toEqual([path, 404, 'Route not found']);
    }
  });

  it('answer in the envelope even to an address that cannot be decoded', async () => {
    const sandbox = await pausedSandbox();
    const { hostname, port } = new URL(sandbox.url);
    const response = await request({
      protocol: 'http:',
      hostname,
      port,
      pathname: '/queue/job/%zz',
      method: 'GET',
    } as never);
    const json = (await response.body.json()) as { status: string };
    expect([response.statusCode, json.status]).toEqual([400, 'error']);
  });

  it('tell a disabled project in the words of Syrup, without Retry-After, and in those of Storage with one', async () => {
    const sandbox = await pausedSandbox();
    const token = '3333-1-disabled';
    const syrup = await ask(sandbox, '/queue/jobs', { token });
    expect(syrup.status).toBe(503);
    expect(syrup.json).toMatchObject({ error: 'Project is disabled', code: 503, message: /^Project is disabled: / });
    expect(syrup.headers['retry-after']).toBeUndefined();
    const storage = await ask(sandbox, '/v2/storage/tokens/verify', { token });
    expect([storage.status, storage.json.status]).toEqual([503, 'maintenance']);
    expect(storage.headers['retry-after']).toBe('60');
  });
});

describe('every answer', () => {
  it('has the exact content type, open CORS and no caching', async () => {
    const sandbox = await pausedSandbox();
    const answers = [
      await ask(sandbox, '/v2/storage'),
      await ask(sandbox, '/nope'),
      await post(sandbox, '/ex-db/run', {}),
    ];
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'content-type': 'application/json',
        'access-control-allow-origin': '*',
        'cache-control': 'private, no-cache, no-store, must-revalidate',
      });
    }
  });

  it('to OPTIONS is empty and tells what a browser may send', async () => {
    const sandbox = await pausedSandbox();
    const { status, text, headers } = await ask(sandbox, '/any/where', { method: 'OPTIONS', token: null });
    expect([status, text]).toEqual([200, '']);
    expect(headers['access-control-allow-headers']).toMatch(/x-storageapi-token/);
  });
});
