import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { jsonText } from '../json.js';
import type { Answer } from '../answer/answer.js';

/** keboola/syrup Controller/BaseController.php, commonHeaders */
const COMMON_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': '*',
  'access-control-allow-headers': '*',
  'cache-control': 'private, no-cache, no-store, must-revalidate',
};

/** Writes an answer with Keboola's headers and the time of the sandbox. */
export function send(reply: FastifyReply, answer: Answer, nowMs: number): void {
  const { type, payload, bytes } = content(answer);
  void reply
    .code(answer.status)
    .headers({
      ...COMMON_HEADERS,
      'content-type': type,
      'content-length': String(bytes),
      date: new Date(nowMs).toUTCString(),
      ...answer.headers,
    })
    .send(answer.slowBodyMs === undefined ? payload : inHalves(payload, bytes, answer.slowBodyMs));
}

function inHalves(payload: Buffer | Readable, bytes: number, pauseMs: number): Readable {
  const half = bytes >> 1;
  async function* halves(): AsyncGenerator<Buffer> {
    let sent = 0;
    for await (const piece of Buffer.isBuffer(payload) ? [payload] : (payload as AsyncIterable<Buffer>)) {
      const first = Math.max(0, Math.min(piece.byteLength, half - sent));
      if (first > 0) yield piece.subarray(0, first);
      if (sent <= half && sent + piece.byteLength > half) await sleep(pauseMs, undefined, { ref: false });
      if (first < piece.byteLength) yield piece.subarray(first);
      sent += piece.byteLength;
    }
  }
  return Readable.from(halves(), { objectMode: false });
}

function content({ json, text, binary, stream }: Answer): {
  type: string;
  payload: Buffer | Readable;
  bytes: number;
} {
  if (stream !== undefined) {
    return { type: stream.type ?? 'application/json', payload: stream.body, bytes: stream.bytes };
  }
  if (binary !== undefined) return { type: binary.type, payload: binary.body, bytes: binary.body.byteLength };
  // A buffer: to text the framework appends a charset, and then Keboola's PHP client does not read it as JSON.
  const body = text?.body ?? (json === undefined ? '' : jsonText(json));
  const payload = Buffer.from(body);
  return { type: text?.type ?? 'application/json', payload, bytes: payload.byteLength };
}
