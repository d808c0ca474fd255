import { describe, expect, it, onTestFinished } from 'vitest';
import { KeboolaError } from '../../../src/keboola/http/keboola-error.js';
import type { KeboolaAnswer, KeboolaRequest } from '../../../src/keboola/http/exchange.js';
import { KeboolaHttp } from '../../../src/keboola/http/http.js';
import { outcomeOfFailedPost } from '../../../src/keboola/jobs/create-outcome.js';
import { Proxies, type ProxySettings } from '../../../src/keboola/http/proxy/proxies.js';
import { closedPort } from '../../support/broken-servers.js';
import { makeAuthority } from '../../support/certificates.js';
import { answers, startConnectProxy, tunnelTo, type OnConnect } from '../../support/connect-proxy.js';
import { startRawServer } from '../../support/raw-server.js';
import { replies } from '../../support/replies.js';

/** A name that only the proxy knows. */
const HOST = 'http://connection.kbc.test';
const GET: Partial<KeboolaRequest> = { method: 'GET' };
const POST: Partial<KeboolaRequest> = { method: 'POST', body: { config: '1' } };

function send(settings: ProxySettings, request: Partial<KeboolaRequest>): Promise<KeboolaAnswer> {
  const http = new KeboolaHttp('keboola-temporal-test', new Proxies(settings));
  onTestFinished(() => http.close());
  return http.send({
    method: 'GET',
    url: new URL(`${HOST}/v2/storage`),
    token: 'secretsecret',
    timeoutMs: 3_000,
    ...request,
  });
}

async function failureOf(settings: ProxySettings, request: Partial<KeboolaRequest>): Promise<KeboolaError> {
  const error: unknown = await send(settings, request).catch((reason: unknown) => reason);
  if (!(error instanceof KeboolaError)) throw error;
  return error;
}

describe('through a proxy', () => {
  it.each([
    ['a read', GET],
    ['a creation', POST],
  ])('goes %s, once', async (_, request) => {
    const keboola = await startRawServer(replies.json(200, { ok: true }));
    const proxy = await startConnectProxy(tunnelTo(Number(new URL(keboola.url).port)));
    expect(await send({ http: proxy.url }, request)).toMatchObject({ json: { ok: true } });
    expect(proxy.asked).toEqual(['connection.kbc.test:80']);
    expect(keboola.requests).toHaveLength(1);
  });

  it('goes who has a user and a password, and Keboola does not hear of them', async () => {
    const keboola = await startRawServer(replies.json(200, {}));
    const proxy = await startConnectProxy(tunnelTo(Number(new URL(keboola.url).port)));
    await send({ http: proxy.url.replace('//', '//me:p%40ss@') }, POST);
    expect(proxy.authorizations).toEqual([`Basic ${Buffer.from('me:p@ss').toString('base64')}`]);
    expect(keboola.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  it('does not go what the exceptions name, nor what is on this machine', async () => {
    const keboola = await startRawServer(replies.json(200, {}));
    const proxy = await startConnectProxy(tunnelTo(Number(new URL(keboola.url).port)));
    await send({ http: proxy.url }, { url: new URL(keboola.url) });
    expect((await failureOf({ http: proxy.url, except: '.kbc.test' }, GET)).message).toContain('ENOTFOUND');
    expect(proxy.asked).toEqual([]);
  });
});

describe('a proxy that lets nothing through', () => {
  const REFUSALS: [string, OnConnect, string][] = [
    ['wants a login', answers('407 Proxy Authentication Required'), 'answered 407: it takes no such user and password'],
    ['cannot reach Keboola', answers('502 Bad Gateway'), 'answered 502 instead of connecting us'],
    ['hangs', () => undefined, 'no connection in 3000 ms'],
    ['dies while it is asked', (socket) => socket.destroy(), 'cannot be used (ECONNRESET)'],
    ['speaks no HTTP', (socket) => socket.end('SSH-2.0-OpenSSH\r\n'), 'cannot be used (HPE_'],
  ];

  it.each(REFUSALS)('is named, and a creation is known not to be sent, when it %s', async (_, onConnect, words) => {
    const proxy = await startConnectProxy(onConnect);
    const error = await failureOf({ http: proxy.url.replace('//', '//me:hiddenword@') }, POST);
    expect(error.kind).toBe('not-sent');
    expect(error.message).toContain(words);
    expect(`${error.message} ${error.stack ?? ''} ${JSON.stringify(error)}`).not.toMatch(/hiddenword|secretsecret/);
    expect(outcomeOfFailedPost(error).kind).toBe('not-sent');
    expect(proxy.asked).toHaveLength(1);
  });

  it('is named when it is not there, for reads as well', async () => {
    const proxy = `127.0.0.1:${await closedPort()}`;
    const error = await failureOf({ http: proxy }, GET);
    expect(error.message).toContain(`the proxy ${proxy} cannot be used (ECONNREFUSED)`);
    expect(error.facts.obstacle).toBe('proxy');
  });

  it('leaves a creation known not to be sent where the tunnel breaks before TLS stands', async () => {
    const proxy = await startConnectProxy((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    const url = new URL('https://connection.kbc.test/v2/storage');
    expect((await failureOf({ https: proxy.url }, { ...POST, url })).kind).toBe('not-sent');
    expect(proxy.asked).toEqual(['connection.kbc.test:443']);
  });
});

describe('a proxy of https', () => {
  const ways: (keyof ProxySettings)[] = ['http', 'all'];

  it.each(ways)('whose certificate nobody trusts is told with what to do, by the name of the proxy: %s', async (by) => {
    const proxy = await startConnectProxy(() => undefined, makeAuthority().issue(['IP:127.0.0.1']));
    const error = await failureOf({ [by]: proxy.url }, GET);
    const { host } = new URL(proxy.url);
    expect(error.message).toMatch(
      new RegExp(`the certificate of the proxy ${host} is not trusted \\(.*\\): set NODE_EXTRA_CA_CERTS`),
    );
    expect(error.facts.obstacle).toBe('proxy');
    expect(proxy.asked).toEqual([]);
  });

  it('that speaks plain http is told as that', async () => {
    const proxy = await startConnectProxy(answers('200 OK'));
    const { host } = new URL(proxy.url);
    const { message } = await failureOf({ http: `https://${host}` }, GET);
    expect(message).toMatch(
      new RegExp(`the proxy ${host} cannot be used \\(.*\\): it speaks plain http; write http://`),
    );
  });
});
