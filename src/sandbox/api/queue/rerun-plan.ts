import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { scalarText } from '../../json.js';
import type { Job } from '../../world/job-record.js';
import { flowContent } from '../../world/queue/conduct/flow-content.js';
import { parentRunId } from '../../world/run-id.js';
import { queueHolder } from '../call.js';
import type { Call } from '../call.js';
import { codeless, findJob, unknownJob } from './queue-call.js';

/** `GET /orchestration-rerun-plan/{jobId}`: which tasks of the current configuration a flow's job has run. */
export function showRerunPlan(call: Call): Answer {
  const job = findJob(call, queueHolder(call));
  if (job === undefined) throw unknownJob(call);
  if (job.facts.queue?.type !== 'orchestrationContainer') {
    throw codeless(call, `Job "${job.facts.id}" is not an orchestration job.`);
  }
  const { params } = job.facts;
  const configId = scalarText(params['config']) ?? null;
  const stored = call.simulation.fixture.configuration(
    job.project,
    scalarText(params['component']) ?? '',
    configId ?? '',
  );
  const { tasks } = flowContent(stored?.configuration ?? {});
  const isHidden = call.simulation.settings.queueRerunPlan === 'emptyBelowFence' && isBelowFence(call, job);
  const matchedTasks = isHidden
    ? []
    : tasks.flatMap(({ id, request }) => (request === undefined ? [] : matched(call, job, id)));
  return ok({ jobId: job.facts.id, configId, matchedTasks });
}

/** The latest job of a task; a retried task has several. */
function matched({ simulation }: Call, flow: Job, taskId: string): object {
  const prefix = `${flow.facts.runId}.`;
  for (const { facts, project } of simulation.world.jobs.newestFirst()) {
    const isOfTask = facts.queue?.orchestrationTaskId === taskId && facts.queue.orchestrationJobId === flow.facts.id;
    if (project !== flow.project || !isOfTask || !facts.runId.startsWith(prefix)) continue;
    const { component, config = null } = facts.params;
    return { taskId, matched: true, jobId: facts.id, componentId: component, configId: config, status: facts.status };
  }
  return { taskId, matched: false, jobId: null, componentId: null, configId: null, status: null };
}

/** Whether the job has a parent run id that belongs to no job. */
function isBelowFence({ simulation }: Call, { facts }: Job): boolean {
  const parent = parentRunId(facts.runId);
  if (parent === '') return false;
  for (const job of simulation.world.jobs.oldestFirst()) if (job.facts.runId === parent) return false;
  return true;
}
