import type { Client } from '@temporalio/client';
import { faultsText, SEARCH_ATTRIBUTES, type SearchAttributeFault } from '../job/search-attributes.js';
import { GRPC, grpcCause } from './grpc-cause.js';

/** The types of search attributes by their numbers in Temporal's API (`temporal/api/enums/v1/common.proto`). */
const TYPES = ['Unspecified', 'Text', 'Keyword', 'Int', 'Double', 'Bool', 'Datetime', 'KeywordList'] as const;
const WANTED = 'Keyword';
/** A client that may not ask for the types may still ask these; a type other than Keyword refuses one of them. */
const KEYWORD_FILTERS = ['= "x"', 'STARTS_WITH "x"'];

/**
 * What is wrong with our search attributes in the client's namespace; empty if a workflow may write them.
 *
 * @throws Error of the SDK when the server cannot be asked.
 */
export async function searchAttributeFaults(client: Client): Promise<SearchAttributeFault[]> {
  return await unusableSearchAttributes(client, Object.fromEntries(SEARCH_ATTRIBUTES.map((name) => [name, WANTED])));
}

/**
 * Which of these attributes a workflow may not write, by name and type. Temporal refuses a wrong one only after the
 * workflow has decided, and then its workflow task fails forever, so this asks before.
 *
 * The types come from the operator service, which any reader of a namespace may ask. If it refuses, a count query tells
 * whether the name is known and, for some types, whether it is a Keyword.
 */
export async function unusableSearchAttributes(
  client: Client,
  wanted: Readonly<Record<string, string>>,
): Promise<SearchAttributeFault[]> {
  const types = await registeredTypes(client);
  const faults = await Promise.all(
    Object.entries(wanted).map(async ([name, type]): Promise<SearchAttributeFault[]> => {
      const found = types?.[name];
      if (types && found !== type) return [{ name, ...(found !== undefined && { type: found }) }];
      // A fresh registration may not have reached all parts of the server yet.
      return (await isKnown(client, name, !types && type === WANTED)) ? [] : [{ name }];
    }),
  );
  return faults.flat();
}

/**
 * Includes the server's own attributes. A schedule marks its runs with two of them, and the server passes them on from
 * run to run like any others: if they are left out, the schedule is forgotten.
 *
 * @returns undefined if the server does not tell the types.
 */
async function registeredTypes(client: Client): Promise<Record<string, string> | undefined> {
  try {
    const { namespace } = client.options;
    const { operatorService } = client.connection;
    const { customAttributes, systemAttributes } = await operatorService.listSearchAttributes({ namespace });
    const all = Object.entries({ ...systemAttributes, ...customAttributes });
    return Object.fromEntries(all.map(([name, type]) => [name, TYPES[type]]));
  } catch (error) {
    const code = grpcCause(error)?.code;
    if (code === GRPC.unimplemented || code === GRPC.permissionDenied) return undefined;
    throw error;
  }
}

/** Visibility answers INVALID_ARGUMENT to a query about an unknown attribute, and to one that its type forbids. */
async function isKnown(client: Client, name: string, asKeyword: boolean): Promise<boolean> {
  const filters = asKeyword ? KEYWORD_FILTERS : ['IS NOT NULL'];
  try {
    await Promise.all(filters.map((filter) => client.workflow.count(`\`${name}\` ${filter}`)));
    return true;
  } catch (error) {
    if (grpcCause(error)?.code === GRPC.invalidArgument) return false;
    throw error;
  }
}

/** Some of our attributes cannot be written, and not everybody can change that. */
export class SearchAttributesUnusable extends Error {
  override readonly name = 'SearchAttributesUnusable';

  /** @param refusal what the server answered to an attempt to register them, if there was one. */
  constructor(
    readonly faults: readonly SearchAttributeFault[],
    readonly refusal?: Error,
  ) {
    const words = refusal ? `Cannot register search attributes: ${refusal.message}` : faultsText(faults);
    super(words, { cause: refusal });
  }
}

/**
 * Registers what is missing. Needs an operator's rights on the namespace.
 *
 * @returns the names that were added.
 * @throws SearchAttributesUnusable if the server has no room or we lack the right, and if a name is registered with
 * another type: that one is somebody else's, or a mistake, and not ours to remove. Error of the SDK if it does not
 * answer.
 */
export async function registerSearchAttributes(client: Client): Promise<string[]> {
  const faults = await searchAttributeFaults(client);
  const missing = faults.filter(({ type }) => type === undefined);
  if (missing.length > 0) await add(client, missing);
  const wrong = faults.filter(({ type }) => type !== undefined);
  if (wrong.length > 0) throw new SearchAttributesUnusable(wrong);
  return missing.map(({ name }) => name);
}

const NO_ANSWER: readonly (number | undefined)[] = [GRPC.unavailable, GRPC.deadlineExceeded];

async function add(client: Client, missing: readonly SearchAttributeFault[]): Promise<void> {
  const { namespace } = client.options;
  const searchAttributes = Object.fromEntries(missing.map(({ name }) => [name, TYPES.indexOf(WANTED)]));
  try {
    await client.connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  } catch (error) {
    const code = grpcCause(error)?.code;
    if (code === GRPC.alreadyExists) return;
    throw error instanceof Error && !NO_ANSWER.includes(code) ? new SearchAttributesUnusable(missing, error) : error;
  }
}
