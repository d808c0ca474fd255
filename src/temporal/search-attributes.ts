import type { Client } from '@temporalio/client';
import { faultsText, SEARCH_ATTRIBUTES, type SearchAttributeFault } from '../job/search-attributes.js';
import { GRPC, grpcCause } from './grpc-cause.js';

/** The types of search attributes by their numbers in Temporal's API (`temporal/api/enums/v1/common.proto`). */
const TYPES = ['Unspecified', 'Text', 'Keyword', 'Int', 'Double', 'Bool', 'Datetime', 'KeywordList'] as const;
const WANTED = 'Keyword';
/** Whoever may not ask for the types may still ask these; a type that is no Keyword refuses one of them. */
const KEYWORD_FILTERS = ['= "x"', 'STARTS_WITH "x"'];

/**
 * What is wrong with our search attributes in the client's namespace; empty where a workflow may write them.
 *
 * @throws Error of the SDK when the server cannot be asked.
 */
export async function searchAttributeFaults(client: Client): Promise<SearchAttributeFault[]> {
  return await unusableSearchAttributes(client, Object.fromEntries(SEARCH_ATTRIBUTES.map((name) => [name, WANTED])));
}

/**
 * Which of these attributes a workflow may not write, by name and type. Temporal refuses a wrong one after the workflow
 * has decided, and then its task fails for ever, so this is asked before.
 *
 * The types come from the operator service, which any reader of a namespace may ask. Where it is refused, a count query
 * tells whether the name is known and, for some types, whether it is a Keyword.
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
      // What was just registered may not have reached all parts of the server yet.
      return (await isKnown(client, name, !types && type === WANTED)) ? [] : [{ name }];
    }),
  );
  return faults.flat();
}

/**
 * Those of the server's own are among them. A schedule marks its runs with two, and the server takes them from a run for
 * the next one like any other: where they are left out, the schedule is forgotten.
 *
 * @returns undefined where the types are not told.
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

/** Visibility answers INVALID_ARGUMENT to a query about an unknown attribute, and to one that its type does not allow. */
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

  /** @param refusal what the server has answered to whoever wanted to register them, if it was asked. */
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
 * @throws SearchAttributesUnusable when the server has no room or gives no right, and where a name is registered with
 * another type: that one is somebody else's, or a mistake, and not for us to remove. Error of the SDK when it does not answer.
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
