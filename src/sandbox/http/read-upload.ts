import type { Readable } from 'node:stream';
import type { Room } from '../storage/room.js';

/** Reads the body of an upload while there is memory for it. @throws an error of HTTP, 413, when there is no more */
export async function readUpload(body: Readable, room: Room): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let heldBytes = 0;
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      if (piece.byteLength > room.free) throw tooLarge(room.bytesMax());
      // Taken at once, so that many uploads at the same time share the one limit.
      room.take(piece.byteLength);
      heldBytes += piece.byteLength;
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  } finally {
    // The blob takes it again when it is written.
    room.release(heldBytes);
  }
}

function tooLarge(bytesMax: number): Error {
  return Object.assign(new Error(`The sandbox holds ${bytesMax} bytes at most`), { statusCode: 413 });
}
