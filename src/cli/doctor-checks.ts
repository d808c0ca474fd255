import type { Client } from '@temporalio/client';
import type { ConnectionSettings } from '../keboola/connection.js';
import { Connections } from '../keboola/connections.js';
import { KeboolaError, QueueV2Project, SettingsError } from '../keboola/errors.js';
import { faultsText } from '../job/search-attributes.js';
import { searchAttributeAdvice, searchAttributeFaults } from '../temporal/search-attributes.js';
import { findStalledWorkflows, type StalledWorkflow } from '../temporal/stalled-workflows.js';
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

/** What is wrong, and what to do about just that. */
class AdvisedError extends Error {
  constructor(
    message: string,
    readonly advice: string,
  ) {
    super(message);
  }
}

/** Errors that say themselves what to do. */
const COMPLETE = [SettingsError, QueueV2Project, TemporalUnreachable];

function adviceFor(error: unknown, usual: string): string | undefined {
  if (COMPLETE.some((type) => error instanceof type)) return undefined;
  if (error instanceof AdvisedError) return error.advice;
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
  const faults = await searchAttributeFaults(client);
  if (faults.length > 0) throw new AdvisedError(faultsText(faults), searchAttributeAdvice(faults));
  return 'all registered';
}

const STALLED_NAMED_MAX = 5;
const REGISTER_AGAIN =
  'Register the search attributes as they were, each as Keyword (`keboola-temporal setup`): these workflows then go on by themselves within minutes.';
const LOOK_AT_TASK =
  'Their tasks fail again and again: look at them in the Web UI, and let a worker of the version that began them run.';

/** A workflow that stands still does not obey a cancel either, and nothing else tells of it. */
export async function checkStalled(client: Client, taskQueue: string): Promise<string> {
  const { stalled, looked, more } = await findStalledWorkflows(client, taskQueue);
  const which = `${more ? 'the latest ' : ''}${looked} that run`;
  if (stalled.length === 0) return `none stands still, of ${which}`;
  const named = stalled.slice(0, STALLED_NAMED_MAX).map(({ workflowId, message }) => `${workflowId} (${message})`);
  const rest = stalled.length > named.length ? [`and ${stalled.length - named.length} more`] : [];
  const text = `${stalled.length} of ${which} stand still: ${[...named, ...rest].join('; ')}`;
  throw new AdvisedError(text, adviceForStalled(stalled));
}

function adviceForStalled(stalled: readonly StalledWorkflow[]): string {
  const byAttributes = stalled.filter((one) => one.byAttributes).length;
  const others = stalled.length > byAttributes ? [LOOK_AT_TASK] : [];
  return [...(byAttributes > 0 ? [REGISTER_AGAIN] : []), ...others].join(' ');
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
