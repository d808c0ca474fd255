import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { CreateOutcome } from '../../src/job/create/creation.js';
import { outcomeOfFailedCreation } from '../../src/keboola/syrup/create-outcome.js';
import { KeboolaHttp } from '../../src/keboola/http/http.js';
import { replies } from '../support/replies.js';
import { startRawServer, type Reply } from '../support/raw-server.js';

/** Much more than any answer here needs, on a machine however busy. */
const TIMEOUT_MS = 60_000;

/** What one POST over a real socket proves. */
async function outcomeAt(url: string, timeoutMs = TIMEOUT_MS): Promise<CreateOutcome> {
  const http = new KeboolaHttp('test');
  onTestFinished(() => http.close());
  try {
    const request = { method: 'POST', url: new URL('/docker/c/run', url), body: {}, timeoutMs } as const;
    const { status } = await http.send(request);
    return { kind: 'accepted', job: { jobId: '', status: String(status), url } };
  } catch (error) {
    return outcomeOfFailedCreation(error);
  }
}

/** A server that takes connections and says nothing of HTTP. */
async function tcpServer(onConnection: 'destroy' | 'garbage'): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    if (onConnection === 'destroy') socket.destroy();
    else socket.end('SSH-2.0-OpenSSH_9.2\r\n');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answers: [string, Reply, Partial<CreateOutcome> & { type?: string }][] = [
  ['reset after the request was read', replies.reset(), { kind: 'unknown' }],
  ['a body that breaks off', replies.cutShort(), { kind: 'unknown' }],
  ['202 with half a document', replies.text(202, '{"id": 18'), { kind: 'unknown' }],
  ['202 with nothing', replies.text(202, ''), { kind: 'unknown' }],
  ['202 with HTML', replies.html(202), { kind: 'unknown' }],
  ['302', replies.redirect(302, 'http://elsewhere'), { kind: 'unknown' }],
  [
    '400 that is meant',
    replies.json(400, { message: "Specify 'config' or 'configData'." }),
    { kind: 'refused', type: 'CreateRefused' },
  ],
  [
    '400 that may pass',
    replies.json(400, { message: 'Storage is busy' }),
    { kind: 'refused', type: 'CreateRefused', perhapsPassing: true },
  ],
  [
    '400 for a body that is no JSON',
    replies.json(400, { message: 'Bad JSON format of request body' }),
    { kind: 'refused' },
  ],
  ['400 without envelope', replies.text(400, ''), { kind: 'refused', type: 'CreateRefused', perhapsPassing: true }],
  ['501', replies.json(501, {}), { kind: 'refused', type: 'CreateRefused' }],
  ['505', replies.html(505), { kind: 'refused', type: 'CreateRefused' }],
  ['511 of a network that wants a login', replies.html(511), { kind: 'refused-for-now' }],
  ['401', replies.json(401, { message: 'Invalid StorageApi Token' }), { kind: 'refused-for-now', tokenRefused: true }],
  ['403', replies.json(403, {}), { kind: 'refused', type: 'TokenRefused' }],
  ['404', replies.json(404, {}), { kind: 'refused', type: 'CreateRefused' }],
  ['405', replies.html(405), { kind: 'refused', type: 'CreateRefused' }],
  ['408', replies.html(408), { kind: 'unknown' }],
  ['422', replies.json(422, {}), { kind: 'refused', type: 'CreateRefused' }],
  ['429', replies.json(429, {}, { 'retry-after': '7' }), { kind: 'refused-for-now', retryAfterMs: 7_000 }],
  ['500 with envelope', replies.json(500, { error: 'Application error', code: 500 }), { kind: 'unknown' }],
  ['500 without envelope', replies.text(500, ''), { kind: 'unknown' }],
  ['502 with HTML', replies.html(502), { kind: 'unknown' }],
  ['503 Project is disabled', replies.json(503, { error: 'Project is disabled' }), { kind: 'refused-for-now' }],
  ['503 of anybody else', replies.html(503), { kind: 'unknown' }],
  ['503 with an envelope of another kind', replies.json(503, { error: 'Application error' }), { kind: 'unknown' }],
  ['504', replies.html(504), { kind: 'unknown' }],
];

it.each(answers)('%s', async (_name, reply, expected) => {
  const { url } = await startRawServer(reply);
  expect(await outcomeAt(url)).toMatchObject(expected);
});

it('no answer in time', async () => {
  const { url } = await startRawServer(replies.silence());
  expect(await outcomeAt(url, 400)).toMatchObject({ kind: 'unknown' });
});

it('a connection that is refused sent nothing', async () => {
  const { url } = await startRawServer(replies.silence());
  const port = Number(new URL(url).port);
  expect(await outcomeAt(`http://127.0.0.1:${port === 1 ? 2 : 1}`)).toMatchObject({ kind: 'not-sent' });
});

it('a name that nobody knows sent nothing', async () => {
  expect(await outcomeAt('http://no-such-host.invalid')).toMatchObject({ kind: 'not-sent' });
});

it('a TLS handshake that fails sent nothing', async () => {
  expect(await outcomeAt(`https://${await tcpServer('garbage')}`)).toMatchObject({ kind: 'not-sent' });
});

it('a socket that breaks as soon as it stands may have carried the request', async () => {
  expect(await outcomeAt(`http://${await tcpServer('destroy')}`)).toMatchObject({ kind: 'unknown' });
});

it('an answer that is no HTTP may come after a job was made', async () => {
  expect(await outcomeAt(`http://${await tcpServer('garbage')}`)).toMatchObject({ kind: 'unknown' });
});

it('an answer of 200 MB is given up in time, without filling the memory', async () => {
  const piece = Buffer.alloc(1024 * 1024, ' ');
  const { url } = await startRawServer((response) => {
    response.writeHead(202, { 'content-type': 'application/json', 'content-length': String(200 * piece.length) });
    const more = (): void => {
      while (!response.destroyed && response.write(piece));
    };
    response.on('drain', more);
    more();
  });
  const before = process.memoryUsage().rss;
  expect(await outcomeAt(url)).toMatchObject({ kind: 'unknown' });
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
});
