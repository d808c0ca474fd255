import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { closedPort } from '../support/broken-servers.js';
import { makeAuthority, type Authority } from '../support/certificates.js';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import { startConnectProxy, tunnelTo } from '../support/connect-proxy.js';
import type { Environment } from '../support/processes.js';
import { tempFolder } from '../support/temp-folder.js';
import { startTlsFront, type AtEnd } from '../support/tls-front.js';

/** A name that only the proxy knows. */
const HOST = 'connection.kbc.test';
/** What `doctor` says of the connection. */
const REACHED = new RegExp(`ok .*https://${HOST}`, 'i');

let lab: CliLab;
let sandbox: Sandbox;
let port: number;
let authority: Authority;

beforeAll(async () => {
  port = await closedPort();
  [lab, sandbox] = await Promise.all([openCliLab(), startSandbox({ port, publicUrl: `https://${HOST}` })]);
  authority = makeAuthority();
});
afterAll(async () => {
  await Promise.all([lab.close(), sandbox.close()]);
});

/** A sandbox of https; the certificates of it and of the proxy are trusted, as only a process from its start can. */
async function secured(atEnd: AtEnd): Promise<{ secure: number; env: Environment }> {
  const front = { ...authority.issue([`DNS:${HOST}`]), ALPNProtocols: ['http/1.1'] };
  const secure = await startTlsFront(`127.0.0.1:${port}`, front, atEnd);
  const trusted = join(await tempFolder(), 'authority.pem');
  await writeFile(trusted, authority.cert);
  return { secure, env: { KBC_URL: `https://${HOST}`, KBC_TOKEN: sandbox.token, NODE_EXTRA_CA_CERTS: trusted } };
}

describe.concurrent('Keboola of https', () => {
  it('is reached through a proxy of http', async ({ onTestFinished }) => {
    const { secure, env } = await secured(onTestFinished);
    const proxy = await startConnectProxy(tunnelTo(secure), undefined, onTestFinished);
    const { stdout } = await lab.run(['doctor'], { ...env, HTTPS_PROXY: proxy.url });
    expect(stdout.split('\n')).toContainEqual(expect.stringMatching(REACHED));
    expect(new Set(proxy.asked)).toEqual(new Set([`${HOST}:443`]));
  });

  it.for([
    ['name', 'localhost', 'DNS:localhost'],
    ['address', '127.0.0.1', 'IP:127.0.0.1'],
  ] as const)(
    'is reached through a proxy of https, whose certificate is for its own %s',
    async ([, host, name], { onTestFinished }) => {
      const { secure, env } = await secured(onTestFinished);
      const proxy = await startConnectProxy(tunnelTo(secure), authority.issue([name]), onTestFinished);
      const { stdout } = await lab.run(['doctor'], { ...env, HTTPS_PROXY: proxy.url.replace('127.0.0.1', host) });
      expect(stdout.split('\n')).toContainEqual(expect.stringMatching(REACHED));
      expect(new Set(proxy.asked)).toEqual(new Set([`${HOST}:443`]));
    },
  );

  it('is not reached through a proxy whose certificate is for another name', async ({ onTestFinished }) => {
    const { secure, env } = await secured(onTestFinished);
    const proxy = await startConnectProxy(tunnelTo(secure), authority.issue([`DNS:${HOST}`]), onTestFinished);
    const { stdout } = await lab.run(['doctor'], { ...env, HTTPS_PROXY: proxy.url });
    expect(stdout).toMatch(
      /the certificate of the proxy 127\.0\.0\.1:\d+ is for another name; .* \(ERR_TLS_CERT_ALTNAME_INVALID\)/,
    );
    expect(proxy.asked).toEqual([]);
  });

  it('is asked by a worker whose proxy for all is one of SOCKS without it, and the log warns of that', async () => {
    const env = { KBC_URL: sandbox.url, KBC_TOKEN: sandbox.token, ALL_PROXY: 'socks5://me:hiddenword@127.0.0.1:1' };
    const worker = lab.start(['worker', '--task-queue', lab.unique('socks'), '--log-level', 'WARN'], env);
    await worker.says('ALL_PROXY names a socks5 proxy, which is not supported and not used for Keboola');
    await worker.says('Worker on task queue');
    expect(lab.processes.words).not.toContain('hiddenword');
  });
});
