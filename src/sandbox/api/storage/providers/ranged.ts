import type { Readable } from 'node:stream';
import type { Answer } from '../../../answer/answer.js';
import type { Content } from '../../../storage/content/content.js';
import type { Call } from '../../call.js';

/** Answers a content, or the requested range of it; undefined for a range that it does not have. */
export function ranged(call: Call, content: Content, headers: Record<string, string>): Answer | undefined {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(call.header('x-ms-range') ?? call.header('range') ?? '') ?? [];
  const type = 'application/octet-stream';
  if (from === undefined) return { status: 200, stream: { type, ...part(content, 0, content.byteLength) }, headers };
  const start = Number(from);
  if (start >= content.byteLength) return undefined;
  const end = Math.min(to === '' || to === undefined ? content.byteLength - 1 : Number(to), content.byteLength - 1);
  const range = { 'content-range': `bytes ${start}-${end}/${content.byteLength}` };
  return { status: 206, stream: { type, ...part(content, start, end + 1) }, headers: { ...headers, ...range } };
}

function part(content: Content, from: number, to: number): { body: Readable; bytes: number } {
  return { body: content.stream(from, to), bytes: to - from };
}
