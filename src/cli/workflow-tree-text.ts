import colors from 'picocolors';
import type { WorkflowTree } from '../client/workflow-tree.js';
import { paintStatus } from './output.js';
import { durationText } from './time-text.js';

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
  const parts = [
    colors.bold(isBelow ? workflowId.slice(parentId.length + 1) : workflowId),
    component === undefined ? colors.dim(workflowType) : colors.dim([component, config].filter(Boolean).join(' / ')),
    statusText(tree),
    jobId === undefined ? undefined : `job ${jobId}`,
    jobRunId === undefined ? undefined : colors.dim(`run ${jobRunId}`),
    tookText(tree, nowMs),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** Keboola's word where there is a job, and Temporal's where that tells something else. */
function statusText({ jobStatus, workflowStatus }: WorkflowTree): string {
  const workflow = workflowStatus.toLowerCase().replace('_', ' ');
  if (jobStatus === undefined) return paintStatus(WORDS[workflow] ?? workflow);
  const isOdd = workflow === 'terminated' || workflow === 'timed out';
  return isOdd ? `${paintStatus(jobStatus)} ${colors.red(`(workflow ${workflow})`)}` : paintStatus(jobStatus);
}

/** Temporal's words for what Keboola has others for. */
const WORDS: Partial<Record<string, string>> = { completed: 'success', failed: 'error' };

function tookText({ startTime, closeTime }: WorkflowTree, nowMs: number): string {
  const endMs = closeTime === undefined ? nowMs : Date.parse(closeTime);
  return durationText(endMs - Date.parse(startTime));
}
