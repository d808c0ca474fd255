import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { startCodecServer } from '../../../src/operate/codec/codec-server.js';
import { EncryptionCodec } from '../../../src/temporal/encryption/encryption-codec.js';
import { readPayloadKeys } from '../../../src/temporal/encryption/read-keys.js';
import { keysText } from '../../support/payload-keys.js';

const PAGE = 'http://localhost:8233';
const KEYS = readPayloadKeys('KEYS', keysText('new', ['old', 'new']));
const json = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');
const PLAIN = { metadata: { encoding: Buffer.from('json/plain').toString('base64') }, data: json({ deep: 'secret' }) };

interface Answer {
  payloads: (typeof PLAIN)[];
  error?: string;
}

type Ask = (path: string, init?: RequestInit & { body?: string }) => Promise<{ response: Response; answer: Answer }>;

async function opened(): Promise<{ url: string; ask: Ask }> {
  const server = await startCodecServer({ keys: KEYS, port: 0, host: '127.0.0.1', token: 'right', origins: [PAGE] });
  onTestFinished(() => server.close());
  const ask: Ask = async (path, { headers, ...init } = {}) => {
    const all = { 'content-type': 'application/json', authorization: 'Bearer right', ...(headers as object) };
    const response = await fetch(`${server.url}${path}`, { method: 'POST', headers: all, ...init });
    const text = await response.text();
    return { response, answer: (text === '' ? {} : JSON.parse(text)) as Answer };
  };
  return { url: server.url, ask };
}

const bodyOf = (...payloads: unknown[]): { body: string } => ({ body: JSON.stringify({ payloads }) });

/** As protobuf's JSON has it. */
async function encrypted(keys: string): Promise<object> {
  const codec = new EncryptionCodec(readPayloadKeys('KEYS', keys));
  const payload = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"x"') };
  const [{ metadata = {}, data = [] } = {}] = await codec.encode([payload]);
  const base64 = (bytes: Uint8Array | number[]): string => Buffer.from(bytes).toString('base64');
  return {
    metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)])),
    data: base64(data ?? []),
  };
}

it('decodes what it has encoded, for whom sends the token as bearer or in the path', async () => {
  const { ask } = await opened();
  const { response, answer } = await ask('/encode', bodyOf(PLAIN, PLAIN));
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(JSON.stringify(answer)).not.toContain(PLAIN.data);
  const [closed] = answer.payloads;
  expect(Buffer.from(closed?.metadata.encoding ?? '', 'base64').toString()).toBe('binary/encrypted');
  const back = await ask('/right/decode?x=1', { ...bodyOf(...answer.payloads), headers: { authorization: '' } });
  expect(back.answer).toEqual({ payloads: [PLAIN, PLAIN] });
});

it('leaves what its keys do not open as it is, and decodes what is beside it', async () => {
  const { ask } = await opened();
  const [ours, others] = [await encrypted(keysText('old', ['old', 'new'])), await encrypted(keysText('x', ['x'], 3))];
  const { answer } = await ask('/decode', bodyOf(others, ours, PLAIN));
  expect(answer.payloads[0]).toEqual(others);
  expect(answer.payloads[1]?.data).toBe(json('x'));
  expect(answer.payloads[2]).toEqual(PLAIN);
});

it('lets the pages of its origins read the answer, refusals too', async () => {
  const { ask } = await opened();
  const asked = {
    origin: PAGE,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'x-namespace',
  };
  const preflight = await ask('/decode', { method: 'OPTIONS', headers: asked });
  expect(preflight.response.status).toBe(204);
  expect(Object.fromEntries(preflight.response.headers)).toMatchObject({
    'access-control-allow-origin': PAGE,
    'access-control-allow-methods': 'POST, OPTIONS',
    'access-control-allow-headers': 'content-type, authorization, x-namespace',
    vary: 'Origin',
  });
  for (const authorization of ['Bearer right', 'Bearer wrong']) {
    const { response } = await ask('/decode', { ...bodyOf(PLAIN), headers: { origin: PAGE, authorization } });
    expect(response.headers.get('access-control-allow-origin')).toBe(PAGE);
    expect(response.status).toBe(authorization === 'Bearer right' ? 200 : 401);
  }
});

it('lets no other page ask, whatever token it has', async () => {
  const { ask } = await opened();
  for (const origin of ['http://localhost:9999', 'null', `${PAGE}.evil.example`]) {
    const { response, answer } = await ask('/decode', { ...bodyOf(PLAIN), headers: { origin } });
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer).not.toHaveProperty('payloads');
  }
});

it.each<[string, string, RequestInit & { body?: string }, number]>([
  ['no token', '/decode', { ...bodyOf(PLAIN), headers: { authorization: '' } }, 401],
  ['a wrong token', '/decode', { ...bodyOf(PLAIN), headers: { authorization: 'Bearer righ' } }, 401],
  ['a wrong token in the path', '/wrong/decode', bodyOf(PLAIN), 401],
  ['another path', '/keys', bodyOf(PLAIN), 404],
  ['a path below the token', '/right/more/decode', bodyOf(PLAIN), 404],
  ['another method', '/decode', { method: 'PUT', ...bodyOf(PLAIN) }, 405],
  ['a form', '/decode', { ...bodyOf(PLAIN), headers: { 'content-type': 'text/plain' } }, 415],
  ['no JSON', '/decode', { body: '{' }, 400],
  ['no payloads', '/decode', { body: '{"payloads": 1}' }, 400],
  ['no base64', '/decode', bodyOf({ metadata: { encoding: 'json/plain!' } }), 400],
  ['base64 of a wrong length', '/decode', bodyOf({ data: 'A' }), 400],
  ['too many payloads', '/decode', bodyOf(...Array.from({ length: 10_001 }, () => ({}))), 400],
  ['a body that is too large', '/decode', bodyOf({ data: 'A'.repeat(8 * 1024 * 1024) }), 413],
])('refuses %s', async (_, path, init, status) => {
  const { ask } = await opened();
  const { response, answer } = await ask(path, init);
  expect({ status: response.status, error: typeof answer.error }).toEqual({ status, error: 'string' });
});

it('lives when somebody hangs up in the midst of a request', async () => {
  const { url, ask } = await opened();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const head = [
    'POST /right/decode HTTP/1.1',
    'host: x',
    'content-type: application/json',
    'content-length: 99',
    '',
    '{',
  ];
  socket.write(head.join('\r\n'), () => socket.destroy());
  await new Promise((resolve) => socket.once('close', resolve));
  expect((await ask('/decode', bodyOf(PLAIN))).answer).toEqual({ payloads: [PLAIN] });
});
