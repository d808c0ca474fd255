import { DEFAULT_CONNECTION } from '../../job/input.js';
import type { JobView } from '../../job/job-view.js';
import type { PlannedTask, ReadRerunPlanInput, RerunPlan } from '../../job/questions.js';
import { compact } from '../../job/text/document-fields.js';
import { mayBeOver } from '../../job/wait/status.js';
import { unsuccessfulFirst } from '../../job/tree/unsuccessful-first.js';
import type { JobApi, JobDocument } from '../../keboola/jobs/job-api.js';
import type { ActivityDeps } from '../deps.js';

/** Bounded, because the plan goes into the history of the calling workflow. */
const TASKS_MAX = 500;

/** What became of a flow's tasks in one of its jobs. The job is read first: that read clearly reports a missing job. */
export async function readRerunPlan(
  deps: ActivityDeps,
  { connection = DEFAULT_CONNECTION, jobId }: ReadRerunPlanInput,
): Promise<RerunPlan> {
  const jobs = await deps.connections.get(connection).jobs();
  const document = await jobs.get(jobId);
  const { view, given } = document;
  const planned = ownTasks(await jobs.rerunPlan(jobId), document);
  const tasks = unsuccessfulFirst(planned, TASKS_MAX);
  return compact({
    connection: connection === DEFAULT_CONNECTION ? undefined : connection,
    jobId,
    status: view.status,
    component: view.component,
    config: view.config,
    ...(await branchOf(jobs, document)),
    given,
    tasks,
    flowTasks: await flowTasksOf(jobs, view, tasks),
    truncated: planned.length > TASKS_MAX ? (true as const) : undefined,
  });
}

/** A task that the job was not asked to run did not fail in it; it may have succeeded in an earlier job. */
function ownTasks(planned: readonly PlannedTask[], { flowTasks }: JobDocument): readonly PlannedTask[] {
  return flowTasks === undefined ? planned : planned.filter(({ id }) => flowTasks.includes(id));
}

/** A job of the main branch shows its branch, too, but an input that names that branch would be checked less. */
async function branchOf(
  jobs: JobApi,
  { branchId }: JobDocument,
): Promise<Pick<RerunPlan, 'branchId' | 'shownBranchId'>> {
  if (branchId === undefined) return {};
  if (jobs.mainBranch === undefined) return { branchId };
  const main = await jobs.mainBranch();
  if (main === undefined) return { shownBranchId: branchId };
  return main === branchId ? {} : { branchId };
}

/** Undefined if this is not known: a running task may yet succeed, and not every flow can be run by its tasks. */
async function flowTasksOf(jobs: JobApi, view: JobView, tasks: readonly PlannedTask[]): Promise<string[] | undefined> {
  const { component, config } = view;
  if (config === undefined || tasks.length === 0 || !mayBeOver(view)) return undefined;
  const flowTasks = tasks.filter(({ status }) => status !== 'success').map(({ id }) => id);
  const problems = await jobs.problemsOf({ component, config, flowTasks });
  return problems.length === 0 ? flowTasks : undefined;
}
