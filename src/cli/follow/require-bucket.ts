import { setTimeout as sleep } from 'node:timers/promises';
import { splitTableId } from '../../job/storage/table-id.js';
import { UsageError } from '../exit/usage-error.js';
import { orAborted } from '../or-aborted.js';
import type { OwnTables } from './own-tables.js';

/** A 404 may be a blip, so it is believed only the second time. */
const LOOKS = 2;
const PAUSE_MS = 1_000;

/**
 * Checks the bucket before gigabytes are uploaded for a table that cannot be there. If the token may only load, so that
 * it cannot see the bucket, the load decides.
 *
 * @throws UsageError; the reason of the signal.
 */
export async function requireBucket(
  { bucketProblem, signal }: Pick<OwnTables, 'bucketProblem' | 'signal'>,
  table: string,
  pauseMs = PAUSE_MS,
): Promise<void> {
  let problem: string | undefined;
  for (let look = 1; look <= LOOKS; look++) {
    if (look > 1) await sleep(pauseMs, undefined, { signal });
    problem = await orAborted(signal, bucketProblem(splitTableId(table).bucket)).catch(() => undefined);
    signal.throwIfAborted();
    if (problem === undefined) return;
  }
  throw new UsageError(`table: ${problem ?? ''} Nothing was uploaded.`);
}
