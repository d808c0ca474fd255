import type { NoAnswer } from '../../job/failure/no-answer.js';
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import type { ActivityDeps } from '../deps.js';
import { toNoAnswer } from '../failures.js';

/** Draws an id that every job which is created from now on is above. */
export async function drawId(
  deps: ActivityDeps,
  { connection }: { connection: string },
): Promise<{ kind: 'drawn'; id?: string } | NoAnswer> {
  try {
    const jobs = await deps.connections.get(connection).jobs();
    const id = await jobs.drawId?.();
    return { kind: 'drawn', ...(id !== undefined && { id }) };
  } catch (error) {
    // Where there are none they are not waited for.
    if (error instanceof KeboolaError && error.kind === 'not-found') return { kind: 'drawn' };
    return toNoAnswer(error);
  }
}
