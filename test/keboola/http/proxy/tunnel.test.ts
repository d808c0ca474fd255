import type { Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Proxy } from '../../../../src/keboola/http/proxy/proxies.js';
import { openTunnel } from '../../../../src/keboola/http/proxy/tunnel.js';
import { answers, startConnectProxy, type OnConnect } from '../../../support/connect-proxy.js';
import { startFirstBytes } from '../../../support/first-bytes.js';

const TARGET = 'connection.kbc.test:443';
/** The first byte of TLS: a handshake. */
const HANDSHAKE = 22;

async function proxyThat(onConnect: OnConnect): Promise<Proxy> {
  const { port, hostname, host } = new URL((await startConnectProxy(onConnect)).url);
  return { protocol: 'http:', hostname, port: Number(port), name: host };
}

async function open(proxy: Proxy, timeoutMs = 3_000): Promise<Socket> {
  const socket = await openTunnel(proxy, TARGET, timeoutMs);
  onTestFinished(() => void socket.destroy());
  return socket;
}

const failureOf = (proxy: Proxy, timeoutMs?: number): Promise<unknown> =>
  open(proxy, timeoutMs).catch((error: unknown) => error);

describe('a tunnel', () => {
  it.each(['200 Connection established', '204 No Content'])('stands once the proxy has said %s', async (head) => {
    const proxy = await proxyThat((socket) => socket.write(`HTTP/1.1 ${head}\r\n\r\n`));
    expect((await open(proxy)).destroyed).toBe(false);
  });

  it('loses nothing of what the other end says first', async () => {
    const proxy = await proxyThat((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\nhello'));
    const socket = await open(proxy);
    const first = await new Promise((told) => socket.once('data', (data: Buffer) => told(data.toString())));
    expect(first).toBe('hello');
  });

  it.each([
    ['300', '300 Multiple Choices', 'answered 300 instead of connecting us'],
    ['no user', '407 Proxy Authentication Required', 'answered 407: it wants a user and a password; HTTPS_PROXY='],
  ])('does not stand where the proxy wants something else: %s', async (_, head, words) => {
    const proxy = await proxyThat(answers(head));
    expect(await failureOf(proxy)).toMatchObject({
      name: 'ProxyFailure',
      message: expect.stringContaining(`the proxy ${proxy.name} ${words}`) as string,
    });
  });

  it('is not waited for longer than is asked for', async () => {
    let left = (): void => undefined;
    const isLeft = new Promise<void>((told) => (left = told));
    const proxy = await proxyThat((socket) => socket.resume().once('end', left));
    expect(await failureOf(proxy, 50)).toMatchObject({
      message: `the proxy ${proxy.name} has not connected us within 0.05 s`,
    });
    await isLeft;
  });
});

describe('a proxy of https', () => {
  it('is spoken to over TLS, and asked for by its own name, not by that of the target', async () => {
    const { port, bytes } = await startFirstBytes();
    const proxy: Proxy = { protocol: 'https:', hostname: 'localhost', port, name: `localhost:${port}` };
    expect(await failureOf(proxy)).toMatchObject({
      message: `the proxy localhost:${port} cannot be used (ECONNRESET)`,
    });
    const hello = await bytes;
    expect(hello[0]).toBe(HANDSHAKE);
    expect(hello.toString('latin1')).toContain('localhost');
    expect(hello.toString('latin1')).not.toContain('kbc.test');
  });

  it('is asked for by no name where it has an address alone', async () => {
    const { port, bytes } = await startFirstBytes();
    await failureOf({ protocol: 'https:', hostname: '127.0.0.1', port, name: `127.0.0.1:${port}` });
    const hello = await bytes;
    expect(hello[0]).toBe(HANDSHAKE);
    expect(hello.toString('latin1')).not.toMatch(/kbc\.test|127\.0\.0\.1/);
  });

  it('is spoken to in plain text where it is one of http', async () => {
    const { port, bytes } = await startFirstBytes();
    await failureOf({ protocol: 'http:', hostname: '127.0.0.1', port, name: 'p', authorization: 'Basic eDp5' });
    const text = (await bytes).toString();
    expect(text).toMatch(/^CONNECT connection\.kbc\.test:443 HTTP\/1\.1\r\n/);
    expect(text).toMatch(/^host: connection\.kbc\.test:443\r$/im);
    expect(text).toMatch(/^proxy-authorization: Basic eDp5\r$/im);
  });
});
