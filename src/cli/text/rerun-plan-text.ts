import type { GivenToJob, PlannedTask, RerunPlan } from '../../job/questions.js';
import { shellWord } from '../../job/text/shell-quoted.js';
import { isFinalStatus } from '../../job/wait/status.js';
import { listing } from './listing.js';
import { paintStatus } from './output.js';

/** What became of the tasks of a flow, for people. */
export function rerunPlanText(
  { jobId, status, component, config, tasks }: RerunPlan,
  width: number | undefined,
): string {
  const head = `${paintStatus(status)} · job ${jobId} · ${component}${config === undefined ? '' : ` / ${config}`}`;
  if (tasks.length === 0) return head;
  return `${head}\n${listing(['task', 'job', 'component', 'config', 'status'], tasks.map(cells), width)}`;
}

function cells({ id, jobId = '', component = '', config = '', status }: PlannedTask): string[] {
  return [id, jobId, component, config, status === undefined ? 'not run' : paintStatus(status)];
}

const NOTHING_MATCHED =
  'Keboola found no jobs for the tasks that the flow has now. The likely cause is that the flow lies below a run id of ours ' +
  '(`createFence: run-id`); only the result of the job then says how its tasks ended.';
const UNRUN =
  'The list includes tasks that have not run; leave out those that a condition rightly skipped, and those that an earlier job has done.';
/** The options for fields of the input. */
const OPTIONS: Record<GivenToJob, string> = {
  variableValuesId: '--variable-values-id',
  variableValuesData: '--variables',
  configData: '--config-data',
  mode: '--debug or --force-run',
};

/**
 * How to run the tasks again that have not succeeded, or why that is not possible.
 *
 * @param usualBranchId the branch of a `run` that names none, from `KBC_BRANCH_ID`.
 */
export function rerunAdvice(plan: RerunPlan, usualBranchId?: string): string {
  const { status, tasks, flowTasks, given, shownBranchId, truncated } = plan;
  if (tasks.length === 0) return NOTHING_MATCHED;
  if (!isFinalStatus(status)) return 'The job has not ended yet; ask again once it has.';
  if (flowTasks === undefined) return 'The tasks of this flow cannot be run alone.';
  if (flowTasks.length === 0) return 'All of its tasks have succeeded.';
  const remarks = [
    `To run again what has not succeeded:\n  ${commandLine(plan, usualBranchId)}`,
    given &&
      `The job was started with further options (${optionsOf(given)}). Pass them again, unless the configuration contains them.`,
    shownBranchId &&
      `The job shows branch ${shownBranchId}, and the worker's token may not ask which one is the main branch: unless it is that one, add \`--branch ${shellWord(shownBranchId)}\`.`,
    tasks.some((task) => task.status === undefined) ? UNRUN : undefined,
    truncated ? 'There are more tasks than are listed.' : undefined,
  ];
  return remarks.filter((line) => line !== undefined).join('\n');
}

function optionsOf(given: readonly GivenToJob[]): string {
  return given.map((field) => OPTIONS[field]).join(', ');
}

function commandLine(plan: RerunPlan, usualBranchId?: string): string {
  const { connection, component, config = '', branchId, flowTasks = [] } = plan;
  return [
    ...(branchId === undefined && usualBranchId !== undefined ? ['KBC_BRANCH_ID='] : []),
    'keboola-temporal',
    ...(connection === undefined ? [] : ['-c', shellWord(connection)]),
    'run',
    shellWord(component),
    shellWord(config),
    ...(branchId === undefined ? [] : ['--branch', shellWord(branchId)]),
    ...flowTasks.flatMap((id) => ['--flow-task', shellWord(id)]),
  ].join(' ');
}
