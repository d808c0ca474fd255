import { DEFAULT_CONNECTION } from '../../job/input.js';
import type { JobView } from '../../job/job-view.js';
import type { PlannedTask, ReadRerunPlanInput, RerunPlan } from '../../job/questions.js';
import { compact } from '../../job/text/document-fields.js';
import { isOver } from '../../job/tree/descendants.js';
import { unsuccessfulFirst } from '../../job/tree/unsuccessful-first.js';
import type { JobApi, JobDocument } from '../../keboola/jobs/job-api.js';
import type { ActivityDeps } from '../deps.js';

/** The plan goes into the history of whoever asks. */
const TASKS_MAX = 500;

/** What became of the tasks of a flow in one of its jobs. It is read first: that there is no such job is told clearly there. */
export async function readRerunPlan(
  deps: ActivityDeps,
  { connection = DEFAULT_CONNECTION, jobId }: ReadRerunPlanInput,
): Promise<RerunPlan> {
  const jobs = await deps.connections.get(connection).jobs();
  const { view, ...document } = await jobs.get(jobId);
  const planned = await jobs.rerunPlan(jobId);
  const tasks = unsuccessfulFirst(planned, TASKS_MAX);
  return compact({
    ...{ jobId, status: view.status, component: view.component, config: view.config },
    branchId: await developmentBranch(jobs, document),
    tasks,
    flowTasks: await flowTasksOf(jobs, view, tasks),
    truncated: planned.length > TASKS_MAX ? (true as const) : undefined,
  });
}

/** A job of the main branch shows its branch, too; an input that names it would be checked less. */
async function developmentBranch(
  jobs: JobApi,
  { branchId }: Pick<JobDocument, 'branchId'>,
): Promise<string | undefined> {
  return branchId !== undefined && branchId === (await jobs.mainBranch?.()) ? undefined : branchId;
}

/** Undefined where it cannot be said: what runs now may succeed yet, and not every flow can be run by its tasks. */
async function flowTasksOf(jobs: JobApi, view: JobView, tasks: readonly PlannedTask[]): Promise<string[] | undefined> {
  const { component, config } = view;
  if (config === undefined || tasks.length === 0 || !isOver(view)) return undefined;
  const flowTasks = tasks.filter(({ status }) => status !== 'success').map(({ id }) => id);
  const problems = await jobs.problemsOf({ component, config, flowTasks });
  return problems.length === 0 ? flowTasks : undefined;
}
