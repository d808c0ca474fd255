import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestSecured } from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { Proxy } from './proxies.js';

/** The proxy let nothing through. The message contains no secret. */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';

  /**
   * @param proxy `host:port`.
   * @param code Node's error code, if we could not speak to the proxy at all.
   */
  constructor(
    readonly proxy: string,
    why: string,
    readonly code?: string,
  ) {
    super(`the proxy ${proxy} ${why}`);
  }
}

const AUTHORIZATION_REQUIRED = 407;

/**
 * Asks a proxy to connect us to `hostname:port` (CONNECT, RFC 9110 9.3.6), once. No byte of a request is sent before it
 * has agreed.
 *
 * @throws ProxyFailure.
 */
export async function openTunnel(proxy: Proxy, target: string, timeoutMs: number): Promise<Socket> {
  const { protocol, hostname, port, authorization } = proxy;
  const request = protocol === 'https:' ? requestSecured : requestPlain;
  const headers = { host: target, ...(authorization !== undefined && { 'proxy-authorization': authorization }) };
  return await new Promise((resolve, reject) => {
    const fail = (why: string, code?: string): void => reject(new ProxyFailure(proxy.name, why, code));
    // Otherwise Node would check the proxy's certificate against the Host header, which names the target.
    const servername = isIP(hostname) ? '' : hostname;
    const connecting = request({
      method: 'CONNECT',
      host: hostname,
      port,
      path: target,
      headers,
      agent: false,
      ...(protocol === 'https:' && { servername }),
    });
    // The promise settles once; later events do not matter.
    const timer = setTimeout(() => {
      fail(`has not connected us within ${timeoutMs / 1_000} s`);
      connecting.destroy();
    }, timeoutMs);
    connecting.once('connect', (answer: IncomingMessage, socket: Socket, head: Buffer) => {
      clearTimeout(timer);
      // Any 2xx opens the tunnel.
      if (Math.floor((answer.statusCode ?? 0) / 100) === 2) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
        return;
      }
      socket.destroy();
      fail(refusalText(answer.statusCode, authorization !== undefined));
    });
    connecting.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      fail(unusableText(error), error.code);
    });
    connecting.end();
  });
}

/** OpenSSL's words when the other side does not speak TLS; Node's code for that also covers other failures. */
const ANSWERED_PLAINLY = /wrong version number|packet length too long/;

function unusableText({ code, message }: NodeJS.ErrnoException): string {
  const advice = ANSWERED_PLAINLY.test(message) ? ': it speaks plain http; write http:// before its name' : '';
  return `cannot be used (${code ?? 'the connection broke'})${advice}`;
}

function refusalText(status: number | undefined, hasUser: boolean): string {
  if (status !== AUTHORIZATION_REQUIRED) return `answered ${status ?? 'nothing'} instead of connecting us`;
  const what = hasUser ? 'takes no such user and password' : 'wants a user and a password';
  return `answered 407: it ${what}; HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT gives them`;
}
