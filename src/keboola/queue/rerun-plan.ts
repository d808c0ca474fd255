import { z } from 'zod';
import type { PlannedTask } from '../../job/questions.js';
import { asList, compact, id, name, record, short } from '../../job/text/document-fields.js';
import { normalizeStatus } from '../../job/wait/status.js';
import { decode } from '../http/decode.js';
import { KeboolaError } from '../http/keboola-error.js';
import { protocolError } from '../http/protocol-error.js';
import { requireJobId } from '../jobs/job-documents.js';
import { UnsupportedQuestion } from '../jobs/unsupported-question.js';
import type { QueueHttp } from './queue-http.js';

/** Keboola's answer for a job that is not a flow's. */
const BAD_REQUEST = 400;

const Plan = z.object({ matchedTasks: z.preprocess(asList, z.array(z.unknown()).max(10_000).nullable()) });

/**
 * `GET /orchestration-rerun-plan/{job}` (`keboola-queue-api-openapi.yml` 1.3.8): Keboola matches the flow's jobs with
 * the tasks that its configuration has now.
 *
 * @throws UnsupportedQuestion if the job is not a flow's; KeboolaError, of kind `protocol` for the plan of another job.
 */
export async function readRerunPlan(queue: QueueHttp, jobId: string): Promise<PlannedTask[]> {
  const url = queue.url(`/orchestration-rerun-plan/${encodeURIComponent(jobId)}`);
  requireJobId('GET', url, jobId);
  const json = await answerOf(queue, url, jobId);
  const answered = id(record(json)?.['jobId']);
  if (answered !== undefined && answered !== jobId) throw protocolError('GET', url, `it is that of job ${answered}`);
  return (decode(Plan, json, 'GET', url).matchedTasks ?? []).flatMap(taskOf);
}

async function answerOf(queue: QueueHttp, url: URL, jobId: string): Promise<unknown> {
  try {
    return (await queue.get(url)).json;
  } catch (error) {
    if (!(error instanceof KeboolaError) || error.facts.status !== BAD_REQUEST) throw error;
    throw new UnsupportedQuestion(`job ${jobId} is not a flow: it has no tasks to run again (${error.message})`);
  }
}

/** Task ids of legacy flows may be numbers; a task without a job has `null` in the other fields. */
function taskOf(given: unknown): PlannedTask[] {
  const task = record(given) ?? {};
  const taskId = short(id(task['taskId']));
  if (taskId === undefined) return [];
  const status = short(name(task['status']));
  return [
    compact({
      id: taskId,
      status: status === undefined ? undefined : normalizeStatus(status),
      jobId: short(id(task['jobId'])),
      component: short(name(task['componentId'])),
      config: short(id(task['configId'])),
    }),
  ];
}
