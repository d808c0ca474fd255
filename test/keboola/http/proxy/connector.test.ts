import { describe, expect, it } from 'vitest';
import { connectorThrough } from '../../../../src/keboola/http/proxy/connector.js';
import { Proxies } from '../../../../src/keboola/http/proxy/proxies.js';
import { startConnectProxy, type OnConnect } from '../../../support/connect-proxy.js';

/** What a connector makes of an address: the socket, or the error. */
function connect(proxies: Proxies, protocol: string, hostname: string, port: string): Promise<unknown> {
  return new Promise((settled) => {
    connectorThrough(proxies)({ protocol, hostname, port, host: `${hostname}:${port}` }, (error, socket) => {
      socket?.destroy();
      settled(error);
    });
  });
}

/** Lets everybody through and takes the first bytes that come. */
function firstBytes(): { bytes: Promise<Buffer>; onConnect: OnConnect } {
  let take: (bytes: Buffer) => void = () => undefined;
  const bytes = new Promise<Buffer>((taken) => (take = taken));
  const onConnect: OnConnect = (socket) => {
    socket.once('data', (data: Buffer) => {
      take(data);
      socket.destroy();
    });
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
  };
  return { bytes, onConnect };
}

describe('a connection through a proxy', () => {
  it.each([
    ['connection.kbc.test', '', 'connection.kbc.test:443'],
    ['connection.kbc.test', '8443', 'connection.kbc.test:8443'],
    ['fd00::1', '', '[fd00::1]:443'],
  ])('to %s and the port %j is asked for as %s', async (hostname, port, asked) => {
    const proxy = await startConnectProxy((socket) => socket.destroy());
    const error = await connect(new Proxies({ https: proxy.url }), 'https:', hostname, port);
    expect(error).toMatchObject({ name: 'NotConnected', cause: { name: 'ProxyFailure' } });
    expect(proxy.asked).toEqual([asked]);
  });

  it('is one of TLS with the target itself, inside of the tunnel', async () => {
    const { bytes, onConnect } = firstBytes();
    const proxy = await startConnectProxy(onConnect);
    const error = await connect(new Proxies({ https: proxy.url }), 'https:', 'connection.kbc.test', '');
    expect(error).toMatchObject({ name: 'NotConnected', cause: { code: 'ECONNRESET' } });
    const hello = await bytes;
    // The first byte of TLS: a handshake.
    expect(hello[0]).toBe(22);
    expect(hello.toString('latin1')).toContain('connection.kbc.test');
  });

  it('is the tunnel itself for plain http', async () => {
    const proxy = await startConnectProxy((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    expect(await connect(new Proxies({ http: proxy.url }), 'http:', 'connection.kbc.test', '')).toBeNull();
    expect(proxy.asked).toEqual(['connection.kbc.test:80']);
  });
});
