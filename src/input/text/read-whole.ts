import type { FileHandle } from 'node:fs/promises';

const PIECE_BYTES = 1_048_576;

/** A file that has become another one while it was read. */
export class ChangedFile extends Error {
  override readonly name = 'ChangedFile';
}

/** What a file was when it was opened. */
export interface OpenedFile {
  handle: FileHandle;
  bytes: number;
  modifiedMs: number;
}

/**
 * An open file, read while it is asked for, and closed in the end.
 *
 * @param name of it, for the error.
 * @throws ChangedFile when it has grown, shrunk or been written to since it was opened.
 */
export async function* readWhole(
  { handle, bytes, modifiedMs }: OpenedFile,
  name: string,
): AsyncGenerator<Buffer, void> {
  try {
    let at = 0;
    for (;;) {
      // A buffer of its own for each: they are kept until their part is sent.
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
