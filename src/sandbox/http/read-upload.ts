import type { Readable } from 'node:stream';
import type { Room } from '../storage/room.js';

/** Reads the body of an upload into memory. @throws an HTTP error, 413, when the sandbox has none left */
export async function readUpload(body: Readable, room: Room): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let heldBytes = 0;
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      if (piece.byteLength > room.free) throw tooLarge(room.bytesMax());
      // Each piece is counted at once, so that concurrent uploads share the one limit.
      room.take(piece.byteLength);
      heldBytes += piece.byteLength;
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  } finally {
    // Writing the blob takes this memory again.
    room.release(heldBytes);
  }
}

function tooLarge(bytesMax: number): Error {
  return Object.assign(new Error(`The sandbox holds ${bytesMax} bytes at most`), { statusCode: 413 });
}
