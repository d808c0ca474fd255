import type { Client } from '@temporalio/client';
import type { ConnectionSettings } from '../../keboola/connection/connection.js';
import { reportOf } from '../../keboola/connection/connection-report.js';
import { Connections } from '../../keboola/connections.js';
import type { ProxySettings } from '../../keboola/http/proxy/proxies.js';
import { faultsText } from '../../job/search-attributes.js';
import { counted } from '../../job/text/counted.js';
import type { TemporalSettings } from '../../temporal/profile.js';
import { searchAttributeFaults } from '../../temporal/search-attributes.js';
import { findStalledWorkflows, type StalledWorkflow } from '../../temporal/stalled-workflows.js';
import { searchAttributeAdvice } from '../../operate/search-attribute-advice.js';
import { inOurWords } from '../../operate/temporal-refusal.js';
import { AdvisedError, findingOf, type Finding } from './finding.js';
import { connectionFinding } from './worker-findings.js';

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

export async function checkSearchAttributes(client: Client, settings: TemporalSettings): Promise<string> {
  const faults = await searchAttributeFaults(client);
  if (faults.length > 0) throw new AdvisedError(faultsText(faults), searchAttributeAdvice(faults, settings));
  return 'all registered';
}

const STALLED_NAMED_MAX = 5;
const REGISTER_AGAIN =
  'Register the search attributes as they were, each as Keyword (`keboola-temporal setup`): these workflows then go on by themselves within minutes.';
/** A workflow that a worker's version cannot continue can be started over. */
const LOOK_AT_TASK =
  'Their tasks fail again and again: look at them in the Web UI. To restart a workflow that another worker version began, run ' +
  '`temporal workflow reset --workflow-id ID --type FirstWorkflowTask --reason upgrade`: its job is searched for and adopted, ' +
  'a synchronous action is called again.';

/** A stalled workflow does not obey a cancel either, and nothing else reports it. */
export async function checkStalled(client: Client, taskQueue: string): Promise<string> {
  const { stalled, looked, watchers, more } = await findStalledWorkflows(client, taskQueue);
  const watching = watchers === 0 ? '' : ` (${watchers} of them only watching a project for the ends of jobs)`;
  const which = `${more ? 'the latest ' : ''}${counted(looked, 'running workflow')}${watching}`;
  if (stalled.length === 0) return `none of ${which} is stuck`;
  const named = stalled.slice(0, STALLED_NAMED_MAX).map(({ workflowId, message }) => `${workflowId} (${message})`);
  const rest = stalled.length > named.length ? [`and ${stalled.length - named.length} more`] : [];
  const text = `${stalled.length} of ${which} ${stalled.length === 1 ? 'is' : 'are'} stuck: ${[...named, ...rest].join('; ')}`;
  throw new AdvisedError(text, adviceForStalled(stalled));
}

function adviceForStalled(stalled: readonly StalledWorkflow[]): string {
  const byAttributes = stalled.filter((one) => one.byAttributes).length;
  const others = stalled.length > byAttributes ? [LOOK_AT_TASK] : [];
  return [...(byAttributes > 0 ? [REGISTER_AGAIN] : []), ...others].join(' ');
}

/** Checks a project with the settings of this shell, if there is no worker to ask. */
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
