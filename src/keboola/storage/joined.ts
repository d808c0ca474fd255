import { KeboolaError } from '../http/keboola-error.js';
import { unzipped } from './unzipped.js';

interface JoinOptions {
  id: string;
  /** Is told how many bytes have arrived, as they are stored. */
  onBytes?: ((bytes: number) => void) | undefined;
  /** The length of the file according to its document. */
  bytes?: number | undefined;
}

/** The blobs of a file joined into one stream; each blob is unzipped by itself if it is gzipped. */
export async function* joined(
  blobs: readonly string[],
  open: (blob: string) => AsyncGenerator<Buffer, void>,
  { id, onBytes, bytes }: JoinOptions,
): AsyncGenerator<Buffer, void> {
  let stored = 0;
  const counted = async function* (blob: string): AsyncGenerator<Buffer, void> {
    for await (const piece of open(blob)) {
      stored += piece.byteLength;
      onBytes?.(piece.byteLength);
      yield piece;
    }
  };
  for (const blob of blobs) yield* unzipped(counted(blob), blob);
  if (bytes === undefined || bytes === stored) return;
  const reason = 'the content has another length than the document says';
  throw new KeboolaError({ kind: 'interrupted', method: 'GET', path: `/v2/storage/files/${id}`, reason });
}
