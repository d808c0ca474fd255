import { colors } from '../../operate/colors.js';
import type { WorkflowTree } from '../../client/workflow-tree.js';
import { isFinalStatus } from '../../job/wait/status.js';
import { paintStatus } from './output.js';
import { shortId } from './short-id.js';
import { roundedDuration } from './time-text.js';

/** A tree of workflows, one in a line, with branches drawn in front. */
export function workflowTreeLines(tree: WorkflowTree, nowMs: number): string[] {
  const more = tree.truncated ? [colors.dim('… and more workflows than are shown')] : [];
  return [workflowText(tree, nowMs, ''), ...below(tree, nowMs), ...more];
}

function below({ workflowId, children }: WorkflowTree, nowMs: number): string[] {
  return children.flatMap((child, at) => {
    const isLast = at === children.length - 1;
    const [first, next] = isLast ? ['└─ ', '   '] : ['├─ ', '│  '];
    return [first + workflowText(child, nowMs, workflowId), ...below(child, nowMs).map((line) => next + line)];
  });
}

/** A child's id begins with its parent's, which stands above it already. */
function workflowText(tree: WorkflowTree, nowMs: number, parentId: string): string {
  const { workflowId, workflowType, jobId, jobRunId, component, config } = tree;
  const isBelow = parentId !== '' && workflowId.startsWith(`${parentId}/`);
  const name = isBelow ? workflowId.slice(parentId.length + 1) : workflowId;
  const parts = [
    colors.bold(shortId(name)),
    component === undefined ? colors.dim(workflowType) : colors.dim([component, config].filter(Boolean).join(' / ')),
    statusText(tree),
    jobId === undefined || jobId === name ? undefined : `job ${jobId}`,
    jobRunId === undefined ? undefined : colors.dim(`run ${jobRunId}`),
    tookText(tree, nowMs),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** Keboola's word where there is a job, and Temporal's where that tells something else. */
function statusText({ jobStatus, workflowStatus }: WorkflowTree): string {
  const workflow = workflowStatus.toLowerCase().replaceAll('_', ' ');
  if (jobStatus === undefined) return paintWorkflowStatus(workflow);
  const hasLeftJob = workflow !== 'running' && !isFinalStatus(jobStatus);
  const isOdd = hasLeftJob || workflow === 'terminated' || workflow === 'timed out';
  return isOdd ? `${paintStatus(jobStatus)} ${colors.red(`(workflow ${workflow})`)}` : paintStatus(jobStatus);
}

function paintWorkflowStatus(status: string): string {
  if (status === 'completed') return colors.green(status);
  return status === 'running' ? colors.cyan(status) : colors.red(status);
}

function tookText({ startTime, closeTime }: WorkflowTree, nowMs: number): string {
  const endMs = closeTime === undefined ? nowMs : Date.parse(closeTime);
  return roundedDuration(endMs - Date.parse(startTime));
}
