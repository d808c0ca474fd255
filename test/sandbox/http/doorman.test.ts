import { hostname } from 'node:os';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { isLoopback, mayBeLoopback } from '../../../src/sandbox/http/doorman.js';
import { closedPort } from '../../support/broken-servers.js';
import { ELSEWHERE, PERHAPS_THIS_MACHINE, THIS_MACHINE } from '../../support/names-of-this-machine.js';
import { ask, pausedSandbox, post } from '../support.js';

const port = (url: string): string => new URL(url).port;

describe('a page of another site', () => {
  it.each([
    ['by its own name, which it points to this machine', { host: 'evil.example' }],
    ['by a name that only begins like ours', { host: 'localhost.evil.example:8787' }],
    ['by a name that only begins like an address', { host: '127.0.0.1.evil.example' }],
    ['from its own origin', { origin: 'https://evil.example' }],
    ['from an origin that only begins like ours', { origin: 'http://localhost.evil.example' }],
    ['from another port of this machine', { origin: 'http://127.0.0.1:3000' }],
    ['from an origin that hides', { origin: 'null' }],
  ])('is refused %s, whatever it asks', async (_, headers) => {
    const sandbox = await pausedSandbox();
    const before = await sandbox.settings();
    const answers = [
      await ask(sandbox, '/_sandbox/requests', { headers }),
      await post(sandbox, '/_sandbox/settings', { workers: 1 }, { headers }),
      await ask(sandbox, '/queue/jobs', { headers }),
      await ask(sandbox, '/docker/keboola.ex-http/run', { method: 'OPTIONS', headers }),
      await ask(sandbox, '/v2/storage', { headers }),
      await ask(sandbox, '/admin/projects/1134/jobs/1', { headers }),
      await ask(sandbox, '/nowhere', { headers }),
    ];
    for (const { status, json } of answers) {
      expect(status).toBe(403);
      expect(json['error']).toMatch(/is not called|may not talk/);
    }
    expect(await sandbox.settings()).toEqual(before);
    expect(sandbox.requests).toEqual([]);
  });
});

describe('who belongs here', () => {
  it.each([...THIS_MACHINE, ...PERHAPS_THIS_MACHINE])('is let in by the name %s', async (name) => {
    const sandbox = await pausedSandbox();
    const host = `${name}:${port(sandbox.url)}`;
    for (const headers of [{ host }, { host, origin: `http://${host}` }]) {
      expect((await ask(sandbox, '/queue/jobs', { headers })).status).toBe(200);
    }
  });

  it.each(ELSEWHERE)('is not whoever calls another host %j', (name) => {
    expect(mayBeLoopback(name)).toBe(false);
  });

  it.each(PERHAPS_THIS_MACHINE)('is sent nothing by the name %j, which DNS may answer', (name) => {
    expect(isLoopback(name)).toBe(false);
  });

  it.each(THIS_MACHINE)('may be sent something by the name %j', (name) => {
    expect(isLoopback(name)).toBe(true);
  });

  it('is let in by the name that clients reach it by', async () => {
    const at = await closedPort();
    await pausedSandbox({ port: at, publicUrl: 'https://keboola.test:8443' });
    const headers = { host: 'keboola.test:8443', origin: 'https://keboola.test:8443' };
    const { statusCode, body } = await request(`http://127.0.0.1:${at}/v2/storage`, { headers });
    await body.dump();
    expect(statusCode).toBe(200);
  });

  it('is let in by any address and by the name of the machine, where it listens everywhere', async () => {
    const sandbox = await pausedSandbox({ host: '0.0.0.0' });
    for (const name of ['10.1.2.3', '[fe80::1]', hostname()]) {
      const same = { host: `${name}:${port(sandbox.url)}`, origin: `http://${name}:${port(sandbox.url)}` };
      expect((await ask(sandbox, '/queue/jobs', { headers: same })).status).toBe(200);
      const other = { ...same, origin: 'http://10.9.9.9' };
      expect((await ask(sandbox, '/queue/jobs', { headers: other })).status).toBe(403);
    }
    expect((await ask(sandbox, '/queue/jobs', { headers: { host: 'evil.example' } })).status).toBe(403);
  });
});
