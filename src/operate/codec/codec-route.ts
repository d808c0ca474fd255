import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { CodecRefusal } from './codec-refusal.js';

export type CodecRoute = 'encode' | 'decode';

/** What a request asks for, if it may. @throws CodecRefusal. */
export function routeOf(
  { url = '', method, headers }: IncomingMessage,
  { token, origins }: { token: string; origins: readonly string[] },
): CodecRoute {
  const { origin, authorization = '', 'content-type': type = '' } = headers;
  if (origin !== undefined && !origins.includes(origin)) {
    throw new CodecRefusal(403, 'Pages of this origin may not ask; start the codec server with it as --origin');
  }
  const parts = (url.split('?')[0] ?? '').split('/').slice(1);
  const route = parts.at(-1);
  const given = parts.length === 2 ? parts[0] : /^Bearer (.+)$/i.exec(authorization)?.[1];
  if (!isSame(given ?? '', token)) {
    throw new CodecRefusal(401, 'The token is missing or wrong: send it as bearer, or as first part of the path');
  }
  if (parts.length > 2 || (route !== 'encode' && route !== 'decode')) {
    throw new CodecRefusal(404, 'There are /encode and /decode');
  }
  if (method !== 'POST') throw new CodecRefusal(405, 'POST only');
  if (!/^application\/json\b/i.test(type)) throw new CodecRefusal(415, 'The body is application/json');
  return route;
}

/** Takes the same time for any text, however much of it is right. */
function isSame(given: string, token: string): boolean {
  return timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
