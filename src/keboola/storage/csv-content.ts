import { BrokenCsv } from '../../input/storage/csv.js';

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** Removes the byte order mark that some programs write: it would become part of the first column's name. */
export async function* withoutMark(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const piece of content) {
    if (head === undefined) {
      yield piece;
      continue;
    }
    head = Buffer.concat([head, piece]);
    if (head.byteLength < BYTE_ORDER_MARK.byteLength) continue;
    yield unmarked(head);
    head = undefined;
  }
  if (head !== undefined && head.byteLength > 0) yield unmarked(head);
}

/** More bytes of blank lines than this at the end of a file are no oversight. */
const BLANK_BYTES_MAX = 1_048_576;
const [LINE_FEED, CARRIAGE_RETURN] = [0x0a, 0x0d];

/**
 * Removes blank lines from the end of content, as `withoutBlankEnd` does for a text: line ends are held back until
 * something follows.
 *
 * @param isAtValue whether line ends at this point are data, see `RowCounter.isAtValue`.
 * @throws BrokenCsv if there are too many line ends to hold back.
 */
export async function* withoutBlankEnds(
  content: AsyncIterable<Buffer>,
  isAtValue: () => boolean,
): AsyncGenerator<Buffer, void> {
  let held = Buffer.alloc(0);
  for await (const piece of content) {
    const end = isAtValue() ? piece.byteLength : lineEndsFrom(piece);
    if (end > 0) {
      if (held.byteLength > 0) yield held;
      yield piece.subarray(0, end);
      held = Buffer.alloc(0);
    }
    held = Buffer.concat([held, piece.subarray(end)]);
    if (held.byteLength > BLANK_BYTES_MAX) throw new BrokenCsv(`has more than ${BLANK_BYTES_MAX} bytes of blank lines`);
  }
  const ends = held.toString('latin1');
  const isBlank = !isAtValue() && /^(?:\r?\n)+$/.test(ends);
  const left = isBlank ? held.subarray(0, ends.indexOf('\n') + 1) : held;
  if (left.byteLength > 0) yield left;
}

/** The index at which the line ends at the end of a piece begin. */
function lineEndsFrom(piece: Buffer): number {
  let end = piece.byteLength;
  while (piece[end - 1] === LINE_FEED || piece[end - 1] === CARRIAGE_RETURN) end -= 1;
  return end;
}

function unmarked(head: Buffer): Buffer {
  const isMarked = head.subarray(0, BYTE_ORDER_MARK.byteLength).equals(BYTE_ORDER_MARK);
  return isMarked ? head.subarray(BYTE_ORDER_MARK.byteLength) : head;
}
