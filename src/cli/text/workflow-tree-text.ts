import { stripVTControlCharacters } from 'node:util';
import { colors } from '../../operate/colors.js';
import type { WorkflowTree } from '../../client/workflow-tree.js';
import { isFinalStatus } from '../../job/wait/status.js';
import { paintStatus } from './output.js';
import { shortId } from './short-id.js';
import { roundedDuration } from './time-text.js';

/** How much further to the right each level of the tree is. */
const INDENT = 3;
const BETWEEN = ' · ';

/**
 * A tree of workflows, one per line, with branches drawn in front.
 *
 * @param width of the terminal in columns: parts that do not fit go to the next line whole, so that each id can be
 * copied. Undefined if there is no terminal.
 */
export function workflowTreeLines(tree: WorkflowTree, nowMs: number, width = Infinity): string[] {
  const more = tree.truncated ? [colors.dim('… and more workflows than are shown')] : [];
  return [...nodeLines(tree, '', { nowMs, width }), ...more];
}

interface Place {
  nowMs: number;
  width: number;
}

function nodeLines(tree: WorkflowTree, parentId: string, place: Place): string[] {
  const { workflowId, children } = tree;
  // Continued lines stand beside the branch to the children.
  const beside = children.length > 0 ? '│  ' : ' '.repeat(INDENT);
  const [first = '', ...rest] = packed(partsOf(tree, place.nowMs, parentId), place.width, INDENT);
  return [first, ...rest.map((line) => beside + line), ...below(children, workflowId, place)];
}

function below(children: readonly WorkflowTree[], parentId: string, { nowMs, width }: Place): string[] {
  return children.flatMap((child, at) => {
    const [first, next] = at === children.length - 1 ? ['└─ ', '   '] : ['├─ ', '│  '];
    const lines = nodeLines(child, parentId, { nowMs, width: width - INDENT });
    return lines.map((line, number) => (number === 0 ? first : next) + line);
  });
}

/** Packs as many parts into a line as fit. @param indent of each line but the first. */
function packed(parts: readonly string[], width: number, indent: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const room = lines.length > 1 ? width - indent : width;
    const longer = last === undefined ? undefined : last + BETWEEN + part;
    if (longer !== undefined && stripVTControlCharacters(longer).length <= room) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

/** A child's id begins with its parent's, which is shown above it already. */
function partsOf(tree: WorkflowTree, nowMs: number, parentId: string): string[] {
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
  return parts.filter((part) => part !== undefined);
}

/** Keboola's status if there is a job, with Temporal's if that says something else. */
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
