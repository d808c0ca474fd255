import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestSecured } from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { Proxy } from './proxies.js';

/** A proxy let nothing through. Its message holds no secret. */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';

  /**
   * @param proxy `host:port`.
   * @param code Node's word for what has happened, where we could not speak to it.
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
 * Has a proxy connect us to `hostname:port` (CONNECT, RFC 9110 9.3.6), once. Until it has said yes no byte of a request
 * goes out.
 *
 * @throws ProxyFailure.
 */
export async function openTunnel(proxy: Proxy, target: string, timeoutMs: number): Promise<Socket> {
  const { protocol, hostname, port, authorization } = proxy;
  const request = protocol === 'https:' ? requestSecured : requestPlain;
  const headers = { host: target, ...(authorization !== undefined && { 'proxy-authorization': authorization }) };
  return await new Promise((resolve, reject) => {
    const fail = (why: string, code?: string): void => reject(new ProxyFailure(proxy.name, why, code));
    // Node would look for the name of the Host header, the target's, in the certificate of the proxy.
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
    // Settled once; whatever follows an end is of no interest.
    const timer = setTimeout(() => {
      fail(`has not connected us within ${timeoutMs / 1_000} s`);
      connecting.destroy();
    }, timeoutMs);
    connecting.once('connect', (answer: IncomingMessage, socket: Socket, head: Buffer) => {
      clearTimeout(timer);
      // Any 2xx opens it.
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

/** How OpenSSL says that whoever answers a greeting of TLS does not speak it; Node's code for it tells of more than that. */
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
