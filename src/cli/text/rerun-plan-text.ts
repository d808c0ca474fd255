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
  'Keboola matches none of its jobs with the tasks that the flow has now. It probably finds none where the flow lies below ' +
  'a run id of ours (`createFence: run-id`); what became of its tasks is then told by the result of the job alone.';
const UNRUN =
  'Those that have not run are among them; leave out what a condition has rightly passed over, and what an earlier job has done.';
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
  if (!isFinalStatus(status)) return 'It has not ended; what to run again is told once it has.';
  if (flowTasks === undefined) return 'The tasks of this flow cannot be run alone.';
  if (flowTasks.length === 0) return 'All of its tasks have succeeded.';
  const remarks = [
    `To run again what has not succeeded:\n  ${commandLine(plan, usualBranchId)}`,
    given &&
      `The job shows more that it was given: give that again, unless the configuration has it (${optionsOf(given)}).`,
    shownBranchId &&
      `The job shows branch ${shownBranchId}, and the worker's token may not ask which one is the main branch: unless it is that one, add \`--branch ${shellWord(shownBranchId)}\`.`,
    tasks.some((task) => task.status === undefined) ? UNRUN : undefined,
    truncated ? 'There are more tasks than are told.' : undefined,
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
