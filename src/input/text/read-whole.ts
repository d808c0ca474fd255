import type { FileHandle } from 'node:fs/promises';

const PIECE_BYTES = 1_048_576;

/** A file that changed while it was read. */
export class ChangedFile extends Error {
  override readonly name = 'ChangedFile';
}

/** An open file, with its size and time of modification when it was opened. */
export interface OpenedFile {
  handle: FileHandle;
  bytes: number;
  modifiedMs: number;
}

/**
 * Reads an open file piece by piece, on demand, and closes it at the end.
 *
 * @param name the file's name, for the error.
 * @throws ChangedFile if the file has grown, shrunk or been written to since it was opened.
 */
export async function* readWhole(
  { handle, bytes, modifiedMs }: OpenedFile,
  name: string,
): AsyncGenerator<Buffer, void> {
  try {
    let at = 0;
    for (;;) {
      // Each piece needs its own buffer, because pieces are kept until their part is sent.
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      if (at > bytes) break;
      yield buffer.subarray(0, bytesRead);
    }
    const { size, mtimeMs } = await handle.stat();
    if (at === bytes && size === bytes && mtimeMs === modifiedMs) return;
    throw new ChangedFile(`${name} has changed while it was read`);
  } finally {
    await handle.close();
  }
}
