import { KeboolaError } from '../http/keboola-error.js';

/** A job shows everything that it was given to run, up to a megabyte; fewer such documents fit into an answer. */
export const SHRINK = 5;

/**
 * Asks for a page of a list.
 *
 * @returns undefined if the answer is too large; asking for {@link SHRINK} times fewer rows may help.
 */
export async function unlessTooLarge<Answer>(ask: () => Promise<Answer>, limit: number): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (limit > 1 && error instanceof KeboolaError && error.facts.tooLarge) return undefined;
    throw error;
  }
}
