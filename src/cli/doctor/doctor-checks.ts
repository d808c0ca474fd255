import type { Client } from '@temporalio/client';
import { JobFailedError } from '../../client/errors.js';
import type { ConnectionReport, WorkerDescription } from '../../job/questions.js';
import type { ConnectionSettings } from '../../keboola/connection/connection.js';
import { reportOf, reportText } from '../../keboola/connection/connection-report.js';
import { Connections } from '../../keboola/connections.js';
import type { ProxySettings } from '../../keboola/http/proxy/proxies.js';
import { SettingsError } from '../../input/settings-error.js';
import { faultsText } from '../../job/search-attributes.js';
import type { TemporalSettings } from '../../temporal/profile.js';
import { searchAttributeAdvice, searchAttributeFaults } from '../../temporal/search-attributes.js';
import { findStalledWorkflows, type StalledWorkflow } from '../../temporal/stalled-workflows.js';
import { inOurWords, NoSuchNamespace, TemporalRefused } from '../../operate/temporal-refusal.js';
import { isUnreachable, TemporalUnreachable } from '../../operate/unreachable.js';

/** One line of `doctor`: what was looked at, whether it is well, and what to do if not. */
export interface Finding {
  check: string;
  ok: boolean;
  detail: string;
  advice?: string;
  /** Nobody answered there. */
  unreachable?: true;
  /** Temporal answers, and does not take our namespace or who we are. */
  refused?: true;
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
    ...(isUnreachable(error) && { unreachable: true }),
    ...(REFUSALS.some((type) => error instanceof type) && { refused: true }),
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
const REFUSALS = [NoSuchNamespace, TemporalRefused];
const COMPLETE = [SettingsError, TemporalUnreachable, ...REFUSALS];

function adviceFor(error: unknown, usual: string): string | undefined {
  if (COMPLETE.some((type) => error instanceof type)) return undefined;
  return error instanceof AdvisedError ? error.advice : usual;
}

export async function checkServer(client: Client, settings: TemporalSettings): Promise<string> {
  const { namespace } = settings;
  const { serverVersion } = await client.connection.workflowService.getSystemInfo({});
  try {
    await client.connection.workflowService.describeNamespace({ namespace });
  } catch (error) {
    throw inOurWords(error, settings);
  }
  return `server ${serverVersion}, namespace ${namespace}`;
}

const NOT_ANSWERED =
  'A worker has taken up the question and does not answer: it is ill, or of another version. Look at its log, and start it again.';

/** The name of a check by which programs find the worker. */
export const WORKER = 'Worker';

/** What a worker says of itself, or why none does: those that Temporal lists may be gone for minutes. */
export function workerFinding(taskQueue: string, answer: WorkerDescription | Error): Finding {
  if (answer instanceof JobFailedError && answer.type === 'TimedOut') {
    return {
      check: WORKER,
      ok: false,
      detail: `no answer on task queue ${taskQueue} within 30 s`,
      advice: NOT_ANSWERED,
    };
  }
  if (answer instanceof Error) return findingOf(WORKER, answer, 'Start one with `keboola-temporal worker`.');
  const { identity, connections, connectionsLeft = 0 } = answer;
  const serves = connections.map(({ name }) => name).join(', ') || 'none';
  const rest = connectionsLeft > 0 ? ` and ${connectionsLeft} more` : '';
  return {
    check: WORKER,
    ok: true,
    detail: `${identity} answers on task queue ${taskQueue}; connections: ${serves}${rest}`,
  };
}

/** @param whose says where the connection is known, if not to the worker. */
export function connectionFinding(report: ConnectionReport, whose = ''): Finding {
  const { name, project, advice, unreachable } = report;
  return {
    check: `Keboola, connection ${name}`,
    ok: project !== undefined,
    detail: `${reportText(report)}${whose}`,
    ...(advice !== undefined && { advice }),
    ...(unreachable && { unreachable }),
  };
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

/** Looks at a project with the settings of this shell, for want of a worker that could be asked. */
export async function checkProject(settings: ConnectionSettings, proxy: ProxySettings): Promise<Finding> {
  const check = `Keboola, connection ${settings.name}`;
  try {
    const connections = new Connections([settings], { proxy });
    const report = await reportOf(connections.get(settings.name));
    await connections.close();
    return connectionFinding(report, ', by the settings of this shell');
  } catch (error) {
    return findingOf(check, error, '');
  }
}
