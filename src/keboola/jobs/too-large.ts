import { KeboolaError } from '../http/keboola-error.js';

/** A job shows all that it was given to run, which may be a megabyte: of such documents fewer fit into an answer. */
export const SHRINK = 5;

/**
 * Asks for a page of a list.
 *
 * @returns undefined for an answer that is too large and may fit once {@link SHRINK} times less is asked for.
 */
export async function unlessTooLarge<Answer>(ask: () => Promise<Answer>, limit: number): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (limit > 1 && error instanceof KeboolaError && error.facts.tooLarge) return undefined;
    throw error;
  }
}
