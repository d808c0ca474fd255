import type { Reply } from './raw-server.js';

/** What a scripted server can do with a request, from a plain answer to a broken wire. */
export const replies = {
  json:
    (status: number, body: unknown, headers: Record<string, string> = {}): Reply =>
    (response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    },
  text:
    (status: number, body: string, headers: Record<string, string> = {}): Reply =>
    (response) => {
      response.writeHead(status, headers).end(body);
    },
  html: (status: number): Reply =>
    replies.text(status, '<html><h1>Bad Gateway</h1></html>', { 'content-type': 'text/html' }),
  redirect: (status: number, location: string): Reply => replies.text(status, '', { location }),

  /** Reads the request and never answers. */
  silence: (): Reply => () => undefined,
  /** Reads the request, then breaks the connection. */
  reset: (): Reply => (response) => {
    response.socket?.resetAndDestroy();
  },
  /** Answers on a connection that is new, and resets one that has served before: its idle time was over just now. */
  resetWhenKept:
    (reply: Reply): Reply =>
    (response, request) => {
      const hasServed = (response.socket?.bytesWritten ?? 0) > 0;
      (hasServed ? replies.reset() : reply)(response, request);
    },
  /** Announces more than it sends, then breaks the connection. */
  cutShort: (): Reply => (response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"id":');
    setTimeout(() => response.socket?.destroy(), 20);
  },
  /** One byte every `everyMs`, for ever: no pause is long, the whole is endless. */
  drip:
    (everyMs: number): Reply =>
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), everyMs);
      response.on('close', () => clearInterval(timer));
    },
  /** A lawful JSON text of this many bytes. */
  large:
    (bytes: number): Reply =>
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(bytes - 2)}"`);
    },
} as const;
