import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { KeboolaError } from '../../../src/keboola/http/keboola-error.js';
import type { KeboolaAnswer, KeboolaRequest } from '../../../src/keboola/http/exchange.js';
import { BODY_BYTES_MAX, KeboolaHttp } from '../../../src/keboola/http/http.js';
import { closedPort, startDeafServer } from '../../support/broken-servers.js';
import { startRawServer, type Reply } from '../../support/raw-server.js';
import { replies } from '../../support/replies.js';

const TOKEN = '1134-53044-secretsecretsecret';
/** Of a request that is ended by whoever has asked. */
const HANGING_MS = 60_000;
const PATIENTLY = { timeout: 20_000, interval: 20 };

function send(url: string, request: Partial<KeboolaRequest> = {}): Promise<KeboolaAnswer> {
  const http = new KeboolaHttp('keboola-temporal-test');
  onTestFinished(() => http.close());
  return http.send({ method: 'GET', url: new URL(url), token: TOKEN, timeoutMs: 30_000, ...request });
}

/** The error of one exchange, checked to be typed and to keep the token to itself. */
async function failureOf(exchange: Promise<KeboolaAnswer>): Promise<KeboolaError> {
  const error = await exchange.then(
    () => expect.unreachable('the exchange succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof KeboolaError)) throw error;
  expect(`${error.message} ${error.stack ?? ''} ${JSON.stringify(error)}`).not.toContain('secretsecret');
  return error;
}

async function failureFrom(reply: Reply, request: Partial<KeboolaRequest> = {}): Promise<KeboolaError> {
  const server = await startRawServer(reply);
  const error = await failureOf(send(`${server.url}/queue/job/1?x=y`, request));
  expect(server.requests).toHaveLength(1);
  return error;
}

describe('an answer', () => {
  test('is its status, its JSON and the clock of the server', async () => {
    const server = await startRawServer(replies.json(202, { id: '1' }, { date: 'Thu, 01 Jan 2026 10:00:00 GMT' }));
    expect(await send(server.url)).toEqual({ status: 202, json: { id: '1' }, serverTime: '2026-01-01T10:00:00.000Z' });
  });

  test('without a usable Date header has no clock', async () => {
    const server = await startRawServer(replies.json(200, {}, { date: 'soon' }));
    expect(await send(server.url)).toEqual({ status: 200, json: {} });
  });

  test('may be nearly as large as the limit', async () => {
    const server = await startRawServer(replies.large(BODY_BYTES_MAX - 1_000));
    expect((await send(server.url)).json).toHaveLength(BODY_BYTES_MAX - 1_002);
  });
});

describe('a request', () => {
  test('that stands in line behind others is over when its time is', async () => {
    const server = await startRawServer(replies.silence());
    const http = new KeboolaHttp('keboola-temporal-test');
    const [first, end] = [new AbortController(), new AbortController()];
    const ask = (timeoutMs: number, { signal } = first, path = '/'): Promise<KeboolaAnswer> =>
      http.send({ method: 'GET', url: new URL(path, server.url), token: TOKEN, timeoutMs, signal });
    const asked = Array.from({ length: 128 }, () => failureOf(ask(HANGING_MS)));
    await vi.waitFor(() => expect(server.requests.length).toBe(128), PATIENTLY);
    const late = await Promise.race([failureOf(ask(100)), ...asked]);
    expect(late.kind).toBe('interrupted');
    expect(late.message).toContain('no whole answer in 100 ms');
    first.abort();
    await Promise.all(asked);
    // Nor does it go out when there is room for it: the next one that arrives is a later one.
    const last = failureOf(ask(HANGING_MS, end, '/last'));
    await vi.waitFor(() => expect(server.requests.at(-1)?.path).toBe('/last'), PATIENTLY);
    expect(server.requests).toHaveLength(129);
    end.abort();
    await Promise.all([last, http.close()]);
  });

  test('is not sent where nobody waits for it any more, and stands in no line', async () => {
    const server = await startRawServer(replies.silence());
    const http = new KeboolaHttp('keboola-temporal-test');
    const ask = (signal: AbortSignal, method: 'GET' | 'POST' = 'GET'): Promise<KeboolaAnswer> =>
      http.send({ method, url: new URL(server.url), token: TOKEN, timeoutMs: HANGING_MS, signal });
    const end = new AbortController();
    const others = Array.from({ length: 128 }, () => failureOf(ask(end.signal)));
    let isAnyOver = false;
    void Promise.race(others).then(() => (isAnyOver = true));
    await failureOf(ask(AbortSignal.abort()));
    expect((await failureOf(ask(AbortSignal.abort(), 'POST'))).kind).toBe('not-sent');
    expect(isAnyOver).toBe(false);
    end.abort();
    await Promise.all([...others, http.close()]);
    expect(server.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  test('carries token, run id, body, query and who we are', async () => {
    const server = await startRawServer(replies.json(200, {}));
    await send(`${server.url}/docker/c/run?a=1`, { method: 'POST', runId: '9.1', body: { config: 'ž' } });
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      path: '/docker/c/run?a=1',
      body: '{"config":"ž"}',
      headers: {
        'x-storageapi-token': TOKEN,
        'x-kbc-runid': '9.1',
        'content-type': 'application/json',
        'user-agent': 'keboola-temporal-test',
      },
    });
  });

  test('carries neither token nor run id when it has none', async () => {
    const server = await startRawServer(replies.json(200, {}));
    const http = new KeboolaHttp('test');
    onTestFinished(() => http.close());
    await http.send({ method: 'GET', url: new URL(server.url), timeoutMs: 30_000 });
    expect(server.requests[0]?.headers).not.toHaveProperty('x-storageapi-token');
    expect(server.requests[0]?.headers).not.toHaveProperty('x-kbc-runid');
  });
});

describe('a connection that never stood proves that nothing was sent', () => {
  test('when nobody listens', async () => {
    const port = await closedPort();
    const error = await failureOf(send(`http://127.0.0.1:${port}/docker/c/run`, { method: 'POST', body: {} }));
    expect(error.kind).toBe('not-sent');
    expect(error.message).toBe(`POST /docker/c/run: cannot reach http://127.0.0.1:${port} (ECONNREFUSED)`);
  });

  test('when the other side speaks no TLS', async () => {
    const server = await startRawServer(replies.json(200, {}));
    const error = await failureOf(send(server.url.replace('http:', 'https:')));
    expect(error.kind).toBe('not-sent');
    expect(server.requests).toHaveLength(0);
  });
});

describe('a connection that broke proves nothing', () => {
  test('when it is reset before the request was read', async () => {
    const port = await startDeafServer();
    const error = await failureOf(send(`http://127.0.0.1:${port}`, { method: 'POST', body: {} }));
    expect(error.kind).toBe('interrupted');
  });

  test('when it is reset after the request was read', async () => {
    expect((await failureFrom(replies.reset(), { method: 'POST', body: {} })).kind).toBe('interrupted');
  });

  test('when the answer is cut short', async () => {
    expect((await failureFrom(replies.cutShort())).kind).toBe('interrupted');
  });

  test('when the caller gives up', async () => {
    const caller = new AbortController();
    const error = await failureFrom(() => caller.abort(), { signal: caller.signal });
    expect(error.kind).toBe('interrupted');
    expect(error.message).toContain('the connection broke');
  });
});

describe('the timeout covers the whole exchange', () => {
  test('when no header comes', async () => {
    const { url } = await startRawServer(replies.silence());
    const error = await failureOf(send(`${url}/queue/job/1`, { timeoutMs: 150 }));
    expect(error.kind).toBe('interrupted');
    expect(error.message).toBe('GET /queue/job/1: no whole answer in 150 ms');
  });

  test('when the body drips without end and without a pause', async () => {
    const { url } = await startRawServer(replies.drip(20));
    const error = await failureOf(send(`${url}/queue/job/1`, { timeoutMs: 300 }));
    expect(error.kind).toBe('interrupted');
    expect(error.message).toBe('GET /queue/job/1: no whole answer in 300 ms');
  });
});

describe('an answer that breaks the contract', () => {
  test.each([
    ['a body of 10 MB', replies.large(10 * 1024 * 1024), `the answer is larger than ${BODY_BYTES_MAX} bytes`],
    ['HTML with 200', replies.html(200), 'HTML instead of JSON'],
    ['broken JSON', replies.text(200, '{"id": 1'), 'broken JSON instead of JSON'],
    ['an empty body', replies.text(200, ''), 'an empty body instead of JSON'],
    ['no content', replies.text(204, ''), 'an empty body instead of JSON'],
  ])('%s is a protocol error', async (_, reply, reason) => {
    const error = await failureFrom(reply);
    expect(error.kind).toBe('protocol');
    expect(error.message).toContain(reason);
  });

  test('HTML with 502 says that Keboola is not available', async () => {
    const error = await failureFrom(replies.html(502));
    expect(error.kind).toBe('unavailable');
    expect(error.message).toBe('GET /queue/job/1 answered 502: an answer that is not Keboola JSON');
  });

  test.each([301, 302, 303, 307, 308])(
    'a redirect with %i is not followed, so the token stays here',
    async (status) => {
      const elsewhere = await startRawServer(replies.json(200, {}));
      const error = await failureFrom(replies.redirect(status, `${elsewhere.url}/steal`), { method: 'POST', body: {} });
      expect(error.kind).toBe('protocol');
      expect(error.message).toContain('a redirect, which is not followed');
      expect(elsewhere.requests).toHaveLength(0);
    },
  );
});
