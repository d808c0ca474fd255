import { isJsonObject } from '../json.js';
import type { JsonObject } from '../json.js';
import type { SandboxSettings } from '../settings.js';
import { isFinished } from '../world/job-record.js';
import type { JobFacts } from '../world/job-record.js';
import { MAIN_BRANCH_ID } from '../world/queue/queue-job.js';
import type { QueueFacts } from '../world/queue/queue-facts.js';
import { parentRunId } from '../world/run-id.js';
import type { DocumentWriter } from './job-document.js';
import { queueResult } from './queue-result.js';
import { utc } from './utc.js';

/** What a job document depends on besides the job. */
export interface QueueView {
  documents: DocumentWriter;
  settings: Readonly<SandboxSettings>;
  origin: string;
  /** Lists show the search model, which has no `isFinished` of its own. */
  isList: boolean;
}

/**
 * A job as Queue v2 shows it, at its creation, by its id and in lists alike (the published specification, and
 * keboola/job-queue-api-php-client DTO/Job.php, which reads every key of it). Times are UTC, in whole seconds.
 */
export function queueJobDocument(view: QueueView, facts: JobFacts & { queue: QueueFacts }): JsonObject {
  const { documents, settings, origin, isList } = view;
  const { id, runId, project, token, status, queue, params } = facts;
  const empty = emptyAs(settings);
  const parent = parentRunId(runId);
  return {
    id: documents.id(id, 'text'),
    runId,
    parentRunId: parent === '' && settings.queueTopParentRunId === 'null' ? null : parent,
    project: { id: documents.id(String(project.id), 'text'), name: project.name },
    token: { id: documents.id(token.id, 'text'), description: token.description },
    status,
    desiredStatus: queue.desiredStatus,
    isFinished: isFinished(status) && !(isList && settings.queueSearchFinished === 'false'),
    component: params['component'],
    config: params['config'] ?? null,
    configRowIds: queue.configRowIds,
    ...empty('configData', params['configData']),
    mode: params['mode'],
    tag: queue.tag,
    branchId: branchOf(queue, settings),
    type: queue.type,
    parallelism: queue.parallelism,
    behavior: { onError: queue.onError },
    executor: queue.executor,
    backend: queue.backend,
    ...timesOf(facts),
    durationSeconds: facts.durationSeconds ?? 0,
    ...empty('result', queueResult(facts)),
    ...empty('usageData', undefined),
    ...empty('metrics', metricsOf(facts, settings)),
    variableValuesId: params['variableValuesId'] ?? null,
    ...empty('variableValuesData', params['variableValuesData']),
    ...placeOf(queue),
    url: `${origin}/jobs/${id}`,
  };
}

type WriteObject = (name: string, value: unknown) => JsonObject;

function emptyAs({ queueEmptyObjects: form }: Readonly<SandboxSettings>): WriteObject {
  return (name, value) => {
    if (isJsonObject(value) && Object.keys(value).length > 0) return { [name]: value };
    if (form === 'absent') return {};
    return { [name]: form === 'list' ? [] : form === 'object' ? {} : null };
  };
}

function branchOf({ branchId }: QueueFacts, settings: Readonly<SandboxSettings>): string | null {
  return branchId === MAIN_BRANCH_ID && settings.queueMainBranch === 'null' ? null : branchId;
}

function timesOf({ createdAtMs, startedAtMs, endedAtMs, queue }: JobFacts): JsonObject {
  return {
    createdTime: utc(createdAtMs),
    startTime: utc(startedAtMs),
    endTime: utc(endedAtMs),
    delayedStartTime: utc(queue?.delayedStartMs ?? null),
  };
}

/** The specification and the internal client have different names for the backend's keys. */
function metricsOf({ status, queue }: JobFacts, settings: Readonly<SandboxSettings>): JsonObject {
  if (!isFinished(status) || queue === undefined) return {};
  const { type, containerType, context } = queue.backend;
  const isSpec = settings.queueMetricsBackend === 'spec';
  return {
    storage: { inputTablesBytesSum: 0, outputTablesBytesSum: 0 },
    backend: isSpec ? { type, containerType, context } : { size: type, containerSize: containerType, context },
  };
}

function placeOf(queue: QueueFacts): JsonObject {
  const { orchestrationJobId, orchestrationTaskId, orchestrationPhaseId, onlyTaskIds, previousJobId } = queue;
  return {
    orchestrationJobId,
    orchestrationTaskId,
    orchestrationPhaseId,
    previousJobId,
    onlyOrchestrationTaskIds: onlyTaskIds,
    onlyFlowTaskIds: onlyTaskIds,
  };
}
