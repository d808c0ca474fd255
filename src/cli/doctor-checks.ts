import type { Client } from '@temporalio/client';
import type { ConnectionSettings } from '../keboola/connection.js';
import { Connections } from '../keboola/connections.js';
import { KeboolaError, QueueV2Project, SettingsError } from '../keboola/errors.js';
import { missingSearchAttributes } from '../temporal/search-attributes.js';
import { isUnreachable, TemporalUnreachable } from './unreachable.js';

/** One line of `doctor`: what was looked at, whether it is well, and what to do if not. */
export interface Finding {
  check: string;
  ok: boolean;
  detail: string;
  advice?: string;
  /** Nobody answered there. */
  unreachable?: true;
}

/** Looks at one thing; a thrown error becomes the finding. */
export async function examine(check: string, advice: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { check, ok: true, detail: await look() };
  } catch (error) {
    return findingOf(check, error, advice);
  }
}

export function findingOf(check: string, error: unknown, usualAdvice: string): Finding {
  const advice = adviceFor(error, usualAdvice);
  return {
    check,
    ok: false,
    detail: error instanceof Error ? error.message : String(error),
    ...(advice !== undefined && { advice }),
    ...((isUnreachable(error) || isSilent(error)) && { unreachable: true }),
  };
}

/** Errors that say themselves what to do. */
const COMPLETE = [SettingsError, QueueV2Project, TemporalUnreachable];

function adviceFor(error: unknown, usual: string): string | undefined {
  if (COMPLETE.some((type) => error instanceof type)) return undefined;
  if (!(error instanceof KeboolaError) || error.kind !== 'unauthorized') return usual;
  return 'Make a new Storage token in Keboola (Settings, API Tokens) and set KBC_TOKEN.';
}

function isSilent(error: unknown): boolean {
  return error instanceof KeboolaError && ['not-sent', 'interrupted', 'unavailable'].includes(error.kind);
}

export async function checkServer(client: Client, namespace: string): Promise<string> {
  const { serverVersion } = await client.connection.workflowService.getSystemInfo({});
  await client.connection.workflowService.describeNamespace({ namespace });
  return `server ${serverVersion}, namespace ${namespace}`;
}

export async function checkPollers(client: Client, namespace: string, taskQueue: string): Promise<string> {
  const { pollers } = await client.connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: taskQueue },
  });
  if (pollers.length === 0) throw new Error(`nobody polls task queue ${taskQueue}`);
  return `${pollers.length} on task queue ${taskQueue}`;
}

export async function checkSearchAttributes(client: Client): Promise<string> {
  const missing = await missingSearchAttributes(client);
  if (missing.length > 0) throw new Error(`not registered: ${missing.join(', ')}`);
  return 'all registered';
}

export async function checkProject(settings: ConnectionSettings): Promise<string> {
  const connections = new Connections([settings]);
  try {
    const keboola = connections.get(settings.name);
    await keboola.jobs();
    const { id, name } = await keboola.facts();
    return `project ${name} (${id}) at ${settings.url}`;
  } finally {
    await connections.close();
  }
}
