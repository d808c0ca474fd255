import { isJsonObject, scalarText } from '../../../json.js';
import type { JsonObject } from '../../../json.js';
import type { QueueRequest } from '../new-queue-job.js';

/** A task of a flow. Without a request it makes no job: notifications and variables are done at once. */
export interface FlowTask {
  id: string;
  name: string;
  phase: string;
  request: QueueRequest | undefined;
  continueOnFailure: boolean;
  retry: { times: number; delaySeconds: number } | undefined;
}

export interface FlowPhase {
  id: string;
  name: string;
  dependsOn: readonly string[];
  next: readonly { condition: JsonObject | undefined; goto: string | undefined }[];
}

export interface FlowContent {
  phases: readonly FlowPhase[];
  /** Only enabled ones. */
  tasks: readonly FlowTask[];
}

/** The defaults of keboola.flow: a task is retried three times, ten seconds apart. */
const RETRIES_DEFAULT = 3;
const RETRY_SECONDS_DEFAULT = 10;

/** Reads the configuration of either flow component, in which ids may be numbers. What cannot be read is left out. */
export function flowContent(content: JsonObject): FlowContent {
  return { phases: objects(content['phases']).map(readPhase), tasks: objects(content['tasks']).flatMap(readTask) };
}

function readPhase(phase: JsonObject): FlowPhase {
  const id = scalarText(phase['id']) ?? '';
  const dependsOn = Array.isArray(phase['dependsOn']) ? phase['dependsOn'] : [];
  return {
    id,
    name: scalarText(phase['name']) ?? id,
    dependsOn: dependsOn.flatMap((item: unknown) => scalarText(item) ?? []),
    next: objects(phase['next']).map((next) => ({
      condition: isJsonObject(next['condition']) ? next['condition'] : undefined,
      goto: scalarText(next['goto']),
    })),
  };
}

function readTask(item: JsonObject): FlowTask[] {
  if (item['enabled'] === false) return [];
  const id = scalarText(item['id']) ?? '';
  const task = isJsonObject(item['task']) ? item['task'] : {};
  return [
    {
      id,
      name: scalarText(item['name']) ?? id,
      phase: scalarText(item['phase']) ?? '',
      request: requestOf(task),
      continueOnFailure: item['continueOnFailure'] === true,
      retry: retryOf(isJsonObject(item['retry']) ? item['retry'] : task['retry']),
    },
  ];
}

function requestOf(task: JsonObject): QueueRequest | undefined {
  const component = scalarText(task['componentId']);
  if (component === undefined || (task['type'] ?? 'job') !== 'job') return undefined;
  const rows = Array.isArray(task['configRowIds']) ? task['configRowIds'] : [];
  return {
    component,
    config: scalarText(task['configId']),
    mode: scalarText(task['mode']),
    configData: isJsonObject(task['configData']) ? task['configData'] : undefined,
    configRowIds: rows.flatMap((item: unknown) => scalarText(item) ?? []),
    variableValuesId: scalarText(task['variableValuesId']),
  };
}

function retryOf(retry: unknown): FlowTask['retry'] {
  if (!isJsonObject(retry)) return undefined;
  const params = isJsonObject(retry['strategyParams']) ? retry['strategyParams'] : retry;
  return {
    times: wholeNumber(params['maxRetries'], RETRIES_DEFAULT),
    delaySeconds: wholeNumber(params['delay'], RETRY_SECONDS_DEFAULT),
  };
}

/** Retries and their delay are bounded, or one flow could fill the sandbox. */
const NUMBER_MAX = 3_600;

function wholeNumber(value: unknown, otherwise: number): number {
  const number = typeof value === 'number' ? value : otherwise;
  return Number.isInteger(number) && number >= 0 && number <= NUMBER_MAX ? number : otherwise;
}

function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
