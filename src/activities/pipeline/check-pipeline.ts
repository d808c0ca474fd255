import { activityInfo } from '@temporalio/activity';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import { DEFAULT_CONNECTION } from '../../job/input.js';
import { DEFAULT_MAX_PARALLEL, MAX_PARALLEL_MAX, type PipelineInput } from '../../job/pipeline/input.js';
import type { PipelineCheck } from '../../job/pipeline/plan.js';
import { allWork, type FoundWork } from '../../job/pipeline/all-work.js';
import { longestChildId } from '../../job/pipeline/workflow-ids.js';
import { WORKFLOW_ID_BYTES_MAX, workflowIdBytes } from '../../job/workflow-id-limit.js';
import type { InputProblem } from '../../input/input-problem.js';
import { checkPipelineInput } from '../../input/pipeline/check-pipeline.js';
import type { ActivityDeps } from '../deps.js';
import { workProblems } from './pipeline-job-problems.js';
import { refusal } from '../failures.js';
import { notYet } from '../not-yet.js';

/**
 * Checks a whole pipeline, including nested pipelines, before any of its tasks starts.
 *
 * @throws ApplicationFailure `InvalidInput` with all problems at once, and what `prepareRun` throws.
 */
export async function checkPipeline(deps: ActivityDeps, input: unknown): Promise<PipelineCheck | NoAnswer> {
  const check = checkPipelineInput(input, { allowPlainSecrets: deps.allowPlainSecrets ?? false });
  if (!check.ok) throw refusal(check.problems);
  const pipeline = check.value;
  try {
    const works = allWork(pipeline);
    const problems = [...idProblems(pipeline), ...(await workProblems(deps, works))];
    if (problems.length > 0) throw refusal(problems);
    return { maxParallel: pipeline.maxParallel ?? (await projectLimit(deps, works)) };
  } catch (error) {
    return notYet(error);
  }
}

function idProblems(pipeline: PipelineInput): InputProblem[] {
  const own = activityInfo().workflowExecution?.workflowId ?? '';
  const { id, path } = longestChildId(own, pipeline);
  const bytes = workflowIdBytes(id);
  if (bytes <= WORKFLOW_ID_BYTES_MAX) return [];
  const message = `its workflow id would be ${bytes} bytes long, at most ${WORKFLOW_ID_BYTES_MAX}; give shorter ids`;
  return [{ path, message }];
}

/** The lowest limit among the projects that the pipeline's jobs run in: more tasks would only wait. */
async function projectLimit(deps: ActivityDeps, works: readonly FoundWork[]): Promise<number> {
  const queued = works.filter(({ task }) => task.job ?? task.asyncAction);
  const names = new Set(queued.map(({ connection }) => connection ?? DEFAULT_CONNECTION));
  const projects = [...names].map((name) => deps.connections.get(name));
  const respected = projects.filter(({ connection }) => connection.respectsProjectLimit);
  const limits = await Promise.all(respected.map(async (project) => (await project.facts()).jobsParallelism));
  const known = limits.filter((limit) => limit !== undefined);
  return known.length === 0 ? DEFAULT_MAX_PARALLEL : Math.min(MAX_PARALLEL_MAX, ...known);
}
