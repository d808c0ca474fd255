import { z } from 'zod';
import type { CreatedJob, RunRequest } from '../../job/create/creation.js';
import { joinRunId } from '../../job/run-id.js';
import { normalizeStatus } from '../../job/wait/status.js';
import { decode } from '../http/decode.js';
import { KeboolaError } from '../http/keboola-error.js';
import { AnsweredJobId } from '../jobs/job-documents.js';
import { showsFence, type VariablesKept } from './fence-variable.js';
import type { QueueHttp } from './queue-http.js';
import { runBody } from './run-body.js';

type Sent = Omit<CreatedJob, 'url'>;

const BAD_REQUEST = 400;

/**
 * Prepares a creation with its fence. If Keboola refuses a fence variable, no job was created, so the creation is sent
 * once more with our RunId as its fence.
 */
export async function prepareSending(
  queue: QueueHttp,
  request: RunRequest,
  variables: VariablesKept,
): Promise<() => Promise<Sent>> {
  const { fencedByVariable, ...byRunId } = request;
  if (!fencedByVariable) return await prepareOne(queue, request);
  const send = await prepareOne(queue, request, variables);
  // Prepared now, because if the budget has no room, this still proves that nothing was sent.
  const sendByRunId = await prepareOne(queue, byRunId);
  return async () => {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof KeboolaError) || error.facts.status !== BAD_REQUEST) throw error;
      const sent = await sendByRunId();
      variables.seen(false);
      return sent;
    }
  };
}

async function prepareOne(
  queue: QueueHttp,
  request: RunRequest,
  variables?: VariablesKept,
): Promise<() => Promise<Sent>> {
  const above = request.unfenced || request.fencedByVariable ? request.parentRunId : request.runId;
  const { url, send } = await queue.prepareCreate(runBody(request), above);
  return async () => {
    // Any 2xx is a creation; the exact status differs between stacks.
    const { id: jobId, status, variableValuesData } = decode(CreatedAnswer, (await send()).json, 'POST', url);
    variables?.seen(showsFence(variableValuesData, request.runId));
    // The RunId as Keboola builds it (keboola/job-queue-internal-api-php-client `NewJobFactory`), to find children by.
    return { jobId, runId: joinRunId(above, jobId), status: normalizeStatus(status) };
  };
}

const CreatedAnswer = z.object({
  id: AnsweredJobId,
  // Only the id counts: an answer with an odd status has created a job, too.
  status: z.string().catch('created'),
  variableValuesData: z.unknown().optional(),
});
