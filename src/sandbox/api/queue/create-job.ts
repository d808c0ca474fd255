import type { Answer } from '../../answer/answer.js';
import { INTERNAL_MESSAGE, QueueProblem } from '../../answer/queue-problem.js';
import type { JsonObject } from '../../json.js';
import { isJsonObject } from '../../json.js';
import { JobRefused } from '../../world/queue/job-refused.js';
import type { Placing, QueueRequest } from '../../world/queue/new-queue-job.js';
import { draftQueueJob } from '../../world/queue/queue-job.js';
import type { Job } from '../../world/job-record.js';
import { queueHolder } from '../call.js';
import type { Call, Holder } from '../call.js';
import { encryptSecrets } from '../encrypt-secrets.js';
import { scripted } from '../scripted.js';
import { writeDraft } from '../write-draft.js';
import { onlyOne, readCreateBody, readJson } from './create-body.js';
import type { CreateBody } from './create-body.js';
import { codeless, describeJob } from './queue-call.js';
import { requireMayRunJob } from './run-permission.js';
import { settleBody } from './settle-body.js';
import { givenVariables } from './variables.js';

/** `POST /jobs`: several reads of Storage and one write, answered with the whole job. No limit prevents this. */
export function createJob(call: Call): Answer {
  const holder = queueHolder(call);
  const { settings } = call.simulation;
  const body = readCreateBody(settleBody(readJson(call.body), settings));
  requireMayRunJob(call, holder, body);
  // The job's id is a Storage ticket, taken within this very call.
  if (call.mishap?.ticketsFail === true) throw new QueueProblem(500, INTERNAL_MESSAGE);
  const job = writeDraft(call, draft(call, holder, body));
  return { status: settings.queueCreateStatus, json: describeJob(call, job.facts), jobId: job.facts.id };
}

function draft(call: Call, holder: Holder, body: CreateBody): Job {
  const { world } = call.simulation;
  const parent = call.header('x-kbc-runid');
  const asked = {
    ...holder,
    request: requestOf(call, holder, body),
    placing: placingOf(body),
    runIdPrefix: parent === '' ? undefined : parent,
  };
  try {
    return scripted(() => draftQueueJob(world, asked));
  } catch (error) {
    if (error instanceof JobRefused) throw refusal(call, error);
    throw error;
  }
}

function refusal(call: Call, { message, isMissing }: JobRefused): QueueProblem {
  const isFault = isMissing && call.simulation.settings.queueMissingConfiguration === 'fails';
  return isFault ? new QueueProblem(500, INTERNAL_MESSAGE, 0) : codeless(call, message);
}

function requestOf(call: Call, { project }: Holder, body: CreateBody): QueueRequest {
  const { world, settings } = call.simulation;
  if (body.variableValuesId !== undefined && body.variableValuesData !== undefined) {
    throw onlyOne('variableValuesId', 'variableValuesData');
  }
  const { delay, delayedStartTime, onlyFlowTaskIds, onlyOrchestrationTaskIds, configData, branchId } = body;
  const delayedStartMs = delay === undefined ? undefined : world.nowMs + delay * 1000;
  const isInline = configData !== undefined;
  return {
    ...body,
    configData: isInline ? encrypted(configData) : undefined,
    // An inline configuration replaces the stored one, rows included.
    configRowIds: isInline ? undefined : body.configRowIds,
    branchId: isInline && settings.queueConfigDataBranch === 'ignored' ? undefined : branchId,
    variableValuesData: givenVariables(call, project, body),
    delayedStartMs: delayedStartTime === undefined ? delayedStartMs : Date.parse(delayedStartTime),
    onlyTaskIds: onlyFlowTaskIds ?? onlyOrchestrationTaskIds,
  };
}

function encrypted(configData: JsonObject): JsonObject {
  const value = encryptSecrets(configData);
  return isJsonObject(value) ? value : {};
}

function placingOf({ previousJobId, orchestrationJobId }: CreateBody): Placing {
  return { previousJobId, orchestrationJobId };
}
