import { getClient } from '@temporalio/activity';
import { unusableSearchAttributes } from '../temporal/search-attributes.js';

/**
 * Which search attributes of a workflow must not be carried into its next run, because the server no longer knows them:
 * it would refuse such a run again and again.
 *
 * @param types by name, as Temporal's API calls them.
 */
export async function lostSearchAttributes(types: Record<string, string>): Promise<string[]> {
  return (await unusableSearchAttributes(getClient(), types)).map(({ name }) => name);
}
