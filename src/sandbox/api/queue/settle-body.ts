import { QueueProblem } from '../../answer/queue-problem.js';
import { isJsonObject } from '../../json.js';
import type { JsonObject } from '../../json.js';
import type { SandboxSettings } from '../../settings.js';
import { CREATE_KEYS } from './create-body.js';

/** Keys that only clients, prose or the internal API's documentation know. */
const UNDOCUMENTED = [
  'parallelism',
  'onlyFlowTaskIds',
  'onlyOrchestrationTaskIds',
  'previousJobId',
  'orchestrationJobId',
];
/** keboola/job-queue-api-php-client sends this besides the header; only the header counts. */
const UNREAD = ['parentRunId'];
/** Ids that clients send as numbers. */
const IDS = ['config', 'branchId', 'variableValuesId', 'previousJobId', 'orchestrationJobId'];

/** Applies the settings for unknown keys, undocumented keys and loose types. @throws QueueProblem 400 */
export function settleBody(body: JsonObject, settings: Readonly<SandboxSettings>): JsonObject {
  const unknown = Object.keys(body).find((key) => ![...CREATE_KEYS, ...UNREAD].includes(key));
  if (unknown !== undefined && settings.queueUnknownKeys === 'refused') throw unexpected(unknown);
  const rule = settings.queueUndocumentedKeys;
  const rare = UNDOCUMENTED.find((key) => body[key] !== undefined && body[key] !== null);
  if (rare !== undefined && rule === 'refused') throw unexpected(rare);
  const kept = Object.entries(body).filter(([key]) => rule !== 'ignored' || !UNDOCUMENTED.includes(key));
  const known = Object.fromEntries(kept);
  return settings.queueLooseTypes === 'accepted' ? tightened(known) : known;
}

/** keboola-sdk-go sends a branch as a number and a backend as a string. */
function tightened(body: JsonObject): JsonObject {
  const { backend, configRowIds } = body;
  return {
    ...Object.fromEntries(Object.entries(body).map(([key, value]) => [key, IDS.includes(key) ? idText(value) : value])),
    ...(typeof backend === 'string' ? { backend: { type: backend } } : {}),
    ...(Array.isArray(configRowIds) ? { configRowIds: configRowIds.map(idText) } : {}),
    ...(isJsonObject(backend) && typeof backend['context'] === 'number'
      ? { backend: { ...backend, context: String(backend['context']) } }
      : {}),
  };
}

function idText(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

function unexpected(key: string): QueueProblem {
  return new QueueProblem(400, `Unrecognized option "${key}"`, 400, [{ path: key, message: 'Unrecognized option' }]);
}
