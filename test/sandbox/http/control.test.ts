import { describe, expect, it } from 'vitest';
import { request } from 'undici';
import { startSandbox } from '../../../src/sandbox/index.js';
import { closedPort } from '../../support/broken-servers.js';
import { ask, closeLater, containing, matching, pausedSandbox, post, read, run, some } from '../support.js';

describe('/_sandbox', () => {
  it('adds, shows and clears faults', async () => {
    const sandbox = await pausedSandbox();
    const added = await post(sandbox, '/_sandbox/faults', { route: 'index', status: 500 });
    expect([added.status, added.json]).toEqual([200, containing({ id: 1, calls: 0, hits: 0 })]);
    expect((await ask(sandbox, '/v2/storage')).status).toBe(500);
    expect((await ask(sandbox, '/_sandbox/faults')).json).toMatchObject([{ hits: 1 }]);
    expect((await ask(sandbox, '/_sandbox/faults', { method: 'DELETE' })).json).toEqual([]);
    const wrong = await post(sandbox, '/_sandbox/faults', { route: 'index' });
    expect([wrong.status, wrong.json.error]).toEqual([400, matching(/does nothing/)]);
    expect((await ask(sandbox, '/_sandbox/faults', { method: 'POST', rawBody: '{' })).status).toBe(400);
  });

  it('forgets one fault, and says so when there is none', async () => {
    const sandbox = await pausedSandbox();
    for (const status of [500, 502]) sandbox.faults.add({ route: 'index', status });
    const { json } = await ask(sandbox, '/_sandbox/faults/1', { method: 'DELETE' });
    expect(json).toMatchObject([{ id: 2 }]);
    expect((await ask(sandbox, '/v2/storage')).status).toBe(502);
    const missing = await ask(sandbox, '/_sandbox/faults/1', { method: 'DELETE' });
    expect([missing.status, missing.json.error]).toEqual([400, 'There is no fault 1']);
  });

  it('steers the clock', async () => {
    const sandbox = await pausedSandbox();
    const id = await run(sandbox, 'slow');
    const { json } = await post(sandbox, '/_sandbox/clock', { advanceSeconds: 3_601, speed: 60 });
    expect(json).toEqual({ nowMs: some(Number), speed: 60, paused: true, now: '2016-05-15T17:14:48.000Z' });
    expect((await read(sandbox, id)).status).toBe('success');
    expect((await post(sandbox, '/_sandbox/clock', { resume: true })).json.paused).toBe(false);
    expect((await post(sandbox, '/_sandbox/clock', { pause: true })).json.paused).toBe(true);
    expect((await post(sandbox, '/_sandbox/clock', { fast: true })).status).toBe(400);
  });

  it('says so when the clock is not its own', async () => {
    const sandbox = closeLater(await startSandbox({ clock: { now: () => 1_000_000_000_000 } }));
    expect((await ask(sandbox, '/_sandbox/clock')).json).toEqual({ nowMs: 1e12, now: '2001-09-09T01:46:40.000Z' });
    const { status, json } = await post(sandbox, '/_sandbox/clock', { advanceSeconds: 1 });
    expect([status, json.error]).toEqual([400, matching(/passed in/)]);
  });

  it('shows requests, counters and jobs, and forgets them on reset', async () => {
    const sandbox = await pausedSandbox();
    const id = await run(sandbox, 'slow');
    await read(sandbox, id);
    const { json: requests, text } = await ask(sandbox, '/_sandbox/requests');
    expect(requests).toMatchObject([
      {
        number: 1,
        route: 'create',
        method: 'POST',
        path: '/docker/keboola.ex-http/run',
        tokenId: '53044',
        body: '{"config":"slow"}',
        status: 202,
        jobId: id,
        time: '2016-05-15T16:14:47.000Z',
      },
      { number: 2, route: 'read', status: 200 },
    ]);
    expect(text).not.toContain(sandbox.token);
    expect((await ask(sandbox, '/_sandbox/counters')).json).toEqual(sandbox.counters);
    expect((await ask(sandbox, '/_sandbox/jobs')).json).toEqual([await read(sandbox, id)]);

    await post(sandbox, '/_sandbox/reset');
    expect([sandbox.requests, sandbox.counters.posts, await sandbox.jobs()]).toEqual([[], 0, []]);
    expect(await run(sandbox, 'success')).toBe(id);
  });

  it('wants the key when the sandbox is open to others', async () => {
    const sandbox = closeLater(await startSandbox({ host: '0.0.0.0' }));
    expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await ask(sandbox, '/_sandbox/counters')).status).toBe(401);
    expect((await ask(sandbox, '/_sandbox/counters', { headers: { 'x-sandbox-key': 'no' } })).status).toBe(401);
    const headers = { 'x-sandbox-key': sandbox.key ?? '' };
    expect((await ask(sandbox, '/_sandbox/counters', { headers })).status).toBe(200);
    expect((await ask(sandbox, '/v2/storage')).status).toBe(200);
    expect((await pausedSandbox()).key).toBeUndefined();
  });

  it.each([
    ['https://sandbox.example:8443', true],
    ['http://10.1.2.3:8787', true],
    ['http://localhost:8787', false],
    ['http://[::1]:8787/', false],
  ])('wants a key on loopback, too, if others call it by %s: %s', async (publicUrl, isOpen) => {
    const port = await closedPort();
    const sandbox = await pausedSandbox({ port, publicUrl });
    expect(sandbox.key !== undefined).toBe(isOpen);
    const { statusCode, body } = await request(`http://127.0.0.1:${port}/_sandbox/counters`);
    await body.dump();
    expect(statusCode).toBe(isOpen ? 401 : 200);
  });

  it('keeps only so many requests and so much of a body', async () => {
    const sandbox = await pausedSandbox();
    await post(sandbox, '/ex-db/run', { config: 'x'.repeat(50_000) });
    expect(sandbox.requests[0]?.body).toHaveLength(10_000);
    await request(`${sandbox.url}/v2/storage`, { headers: { authorization: 'Bearer secret' } }).then(({ body }) =>
      body.dump(),
    );
    expect(JSON.stringify(sandbox.requests)).not.toContain('secret');
  });
});
