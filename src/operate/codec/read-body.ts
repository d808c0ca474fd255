import type { IncomingMessage } from 'node:http';
import { CodecRefusal } from './codec-refusal.js';

/** Temporal takes 2 MiB per payload; base64, and several payloads in a body, make it more. */
const BODY_BYTES_MAX = 8 * 1024 * 1024;

/** @throws CodecRefusal for a body that is too large; the rest of it is not read. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The refusal still has to go out on the same connection.
  const read = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const chunk of read) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new CodecRefusal(413, `A request has at most ${BODY_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
