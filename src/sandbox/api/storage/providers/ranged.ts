import type { Answer } from '../../../answer/answer.js';
import type { Call } from '../../call.js';

/** A content, whole or the range that is asked for; undefined for a range that it does not have. */
export function ranged(call: Call, content: Buffer, headers: Record<string, string>): Answer | undefined {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(call.header('x-ms-range') ?? call.header('range') ?? '') ?? [];
  const type = 'application/octet-stream';
  if (from === undefined) return { status: 200, binary: { type, body: content }, headers };
  const start = Number(from);
  if (start >= content.byteLength) return undefined;
  const end = Math.min(to === '' || to === undefined ? content.byteLength - 1 : Number(to), content.byteLength - 1);
  const range = { 'content-range': `bytes ${start}-${end}/${content.byteLength}` };
  return { status: 206, binary: { type, body: content.subarray(start, end + 1) }, headers: { ...headers, ...range } };
}
