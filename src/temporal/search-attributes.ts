import type { Client } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../job/search-attributes.js';
import { GRPC, grpcCause } from './grpc-cause.js';

const INDEXED_VALUE_TYPE_KEYWORD = 2;

/**
 * The names that the server does not know. Visibility answers INVALID_ARGUMENT to a query about an unknown attribute,
 * which works without any operator's rights, also on Temporal Cloud.
 */
export async function missingSearchAttributes(client: Client): Promise<string[]> {
  const known = await Promise.all(SEARCH_ATTRIBUTES.map((name) => isKnown(client, name)));
  return SEARCH_ATTRIBUTES.filter((_, index) => !known[index]);
}

async function isKnown(client: Client, name: string): Promise<boolean> {
  try {
    await client.workflow.count(`${name} = "x"`);
    return true;
  } catch (error) {
    if (grpcCause(error)?.code === GRPC.invalidArgument) return false;
    throw error;
  }
}

/**
 * Registers what is missing. Needs an operator's rights on the namespace.
 *
 * @returns the names that were added.
 * @throws Error that says what to do when the server has no room or gives no right.
 */
export async function registerSearchAttributes(client: Client): Promise<string[]> {
  const missing = await missingSearchAttributes(client);
  if (missing.length === 0) return [];
  try {
    await client.connection.operatorService.addSearchAttributes({
      namespace: client.options.namespace,
      searchAttributes: Object.fromEntries(missing.map((name) => [name, INDEXED_VALUE_TYPE_KEYWORD])),
    });
  } catch (error) {
    if (grpcCause(error)?.code !== GRPC.alreadyExists) throw new Error(advice(missing, error), { cause: error });
  }
  return missing;
}

function advice(missing: string[], error: unknown): string {
  const names = missing.map((name) => `--name ${name} --type Keyword`).join(' ');
  const reason = error instanceof Error ? error.message : String(error);
  const room = /cannot have more than/.test(reason)
    ? ' The namespace has no room for more Keyword attributes (a dev server has ten); remove unused ones.'
    : '';
  return `Cannot register search attributes: ${reason}.${room} By hand: temporal operator search-attribute create ${names}`;
}
