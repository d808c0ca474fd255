import { z } from 'zod';
import { ANSWER_MS_MAX } from '../../job/times/requests.js';
import type { Connection } from '../connection/connection.js';
import { decode } from '../http/decode.js';
import { KeboolaError } from '../http/keboola-error.js';
import type { Sender } from '../http/exchange.js';
import { flowTaskIds } from './flow-tasks.js';
import { variablesIdOf, variablesOf, type Variables } from './variables.js';

/** A component of the list: what is needed to run and to show it. */
export interface Component {
  id: string;
  /** Where the component runs, in terms of Keboola's first generation; we only use the path. */
  uri: string;
  /** `extractor`, `writer`, `transformation`, `application`, …; empty if the list does not say. */
  type: string;
  name: string;
  description: string;
  /** The component's synchronous actions, if the list names them. */
  actions: string[];
  /** The project's configurations of it; absent if the list came without them. */
  configurations?: Configuration[];
}

/** What we keep of a configuration's content, which may be megabytes. */
export interface ContentFacts {
  variables: Variables;
  /** The id of the configuration that defines its variables. */
  variablesId?: string;
  /** The ids of its tasks, if it is a flow. */
  flowTaskIds?: string[];
}

/** A stored configuration of the list, without its content. */
export interface Configuration {
  id: string;
  name: string;
  description: string;
  version?: number;
  /** In Keboola's format, with a time zone offset. */
  created?: string;
  /** Absent if the list does not show it. */
  content?: ContentFacts;
}

/** Fields that are only shown are parsed tolerantly: one odd entry must not make the whole list useless. */
const text = z.string().catch('');

const ConfigurationDocument = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  name: text,
  description: text,
  version: z.number().optional().catch(undefined),
  created: z.string().optional().catch(undefined),
  configuration: z.unknown().optional(),
});

const ComponentDocument = z.object({
  id: z.string(),
  uri: text,
  type: text,
  name: text,
  description: text,
  // PHP writes an empty object as a list.
  data: z.object({ synchronous_actions: z.array(z.string()).catch([]) }).catch({ synchronous_actions: [] }),
  configurations: z.array(ConfigurationDocument).optional().catch(undefined),
});
const ComponentList = z.array(ComponentDocument);

/**
 * The project's component list with its configurations (`GET /v2/storage/components?include=configuration`), the call
 * that names every component's `uri`. Each configuration comes with its content (keboola/keboola-sdk-go
 * `ListConfigsAndRowsFrom`).
 *
 * Not every token may list configurations, and thousands of them may exceed our size limit; then we list without them.
 */
export async function listComponents(http: Sender, connection: Connection): Promise<Component[]> {
  try {
    return await componentList(http, connection, { include: 'configuration' });
  } catch (error) {
    if (!mayDoWithoutConfigurations(error)) throw error;
    return await componentList(http, connection, {});
  }
}

async function componentList(
  http: Sender,
  connection: Connection,
  query: Record<string, string>,
): Promise<Component[]> {
  const url = new URL('/v2/storage/components', connection.origins.base);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const answer = await http.send({ method: 'GET', url, token: connection.token(), timeoutMs: ANSWER_MS_MAX });
  return decode(ComponentList, answer.json, 'GET', url).map(toComponent);
}

function mayDoWithoutConfigurations(error: unknown): boolean {
  if (!(error instanceof KeboolaError)) return false;
  return error.facts.status === 403 || ['refused', 'not-found', 'protocol'].includes(error.kind);
}

/**
 * One component of the stack (`GET /v2/storage/components/{id}`). The project's list names only components that have a
 * configuration there, but a job with an inline configuration needs none.
 *
 * @returns undefined if the stack has no such component.
 */
export async function findComponent(http: Sender, connection: Connection, id: string): Promise<Component | undefined> {
  const url = new URL(`/v2/storage/components/${encodeURIComponent(id)}`, connection.origins.base);
  try {
    const answer = await http.send({ method: 'GET', url, token: connection.token(), timeoutMs: ANSWER_MS_MAX });
    return toComponent(decode(ComponentDocument, answer.json, 'GET', url));
  } catch (error) {
    if (error instanceof KeboolaError && error.kind === 'not-found') return undefined;
    throw error;
  }
}

function toComponent({ data, configurations, ...fields }: z.output<typeof ComponentDocument>): Component {
  return {
    ...fields,
    actions: data.synchronous_actions,
    ...(configurations && { configurations: configurations.map(toConfiguration) }),
  };
}

export function contentFacts(content: unknown): ContentFacts {
  const variablesId = variablesIdOf(content);
  const taskIds = flowTaskIds(content);
  return {
    variables: variablesOf(content),
    ...(variablesId !== undefined && { variablesId }),
    ...(taskIds !== undefined && { flowTaskIds: taskIds }),
  };
}

function toConfiguration(document: z.output<typeof ConfigurationDocument>): Configuration {
  const { version, created, configuration, ...fields } = document;
  return {
    ...fields,
    ...(version !== undefined && { version }),
    ...(created !== undefined && { created }),
    ...(configuration !== undefined && { content: contentFacts(configuration) }),
  };
}
