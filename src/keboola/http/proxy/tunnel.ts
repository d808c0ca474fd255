import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestSecured } from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { Proxy } from './proxies.js';

/** A proxy let nothing through. Its message holds no secret. */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';
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
    const fail = (why: string): void => reject(new ProxyFailure(`the proxy ${proxy.name} ${why}`));
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
      fail(`cannot be used (${error.code ?? 'the connection broke'})`);
    });
    connecting.end();
  });
}

function refusalText(status: number | undefined, hasUser: boolean): string {
  if (status !== AUTHORIZATION_REQUIRED) return `answered ${status ?? 'nothing'} instead of connecting us`;
  const what = hasUser ? 'takes no such user and password' : 'wants a user and a password';
  return `answered 407: it ${what}; HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT gives them`;
}
