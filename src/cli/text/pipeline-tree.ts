import { colors } from '../../operate/colors.js';
import type { PhaseView, PipelineView, TaskView } from '../../job/pipeline/view.js';
import { isStoppedStatus } from '../../job/wait/status.js';
import { countsText } from '../../job/wait/status-counts.js';
import { paintStatus } from './output.js';
import { roundedDuration } from './time-text.js';

const INDENT = '  ';
const MARKS: ReadonlyMap<string, string> = new Map([
  ['success', '✓'],
  ['warning', '!'],
  ['error', '✗'],
]);
const QUIET = new Set(['waiting', 'not-started', 'skipped']);

/** A pipeline as a tree: phases, tasks, and the pipelines that run below a task. */
export function treeLines(view: PipelineView, wheel: string, nowMs: number): string[] {
  return [`${markOf(view.status, wheel)} ${view.name} · ${paint(view.status)}`, ...below(view, wheel, nowMs)];
}

/**
 * Cuts a tree to the height of the terminal: the tasks of finished phases are dropped first, then the end of the tree.
 */
export function fittedTree(view: PipelineView, wheel: string, nowMs: number, linesMax: number): string[] {
  const all = treeLines(view, wheel, nowMs);
  if (all.length <= linesMax) return all;
  const phases = view.phases.map((phase) => (phase.status === 'running' ? phase : { ...phase, tasks: [] }));
  const lines = treeLines({ ...view, phases }, wheel, nowMs);
  if (lines.length <= linesMax) return lines;
  const shown = Math.max(1, linesMax - 1);
  return [...lines.slice(0, shown), colors.dim(`… and ${lines.length - shown} more lines`)];
}

function below({ phases }: PipelineView, wheel: string, nowMs: number): string[] {
  return phases.flatMap((phase) =>
    [phaseLine(phase), ...phase.tasks.flatMap((task) => taskLines(task, wheel, nowMs))].map((line) => INDENT + line),
  );
}

function phaseLine({ name, status, counts }: PhaseView): string {
  return `${colors.bold(name)} · ${paint(status)} ${colors.dim(`· ${countsText(counts)}`)}`;
}

function taskLines(task: TaskView, wheel: string, nowMs: number): string[] {
  const nested = task.pipeline ? below(task.pipeline, wheel, nowMs) : [];
  return [`${markOf(task.status, wheel)} ${taskText(task, nowMs)}`, ...nested].map((line) => INDENT + line);
}

/** One task in one line, without its mark. @param name instead of its id: the way to it, where there is no tree. */
export function taskText(task: TaskView, nowMs: number, name = task.id): string {
  const { id, title, status, attempt = 1, jobId, message } = task;
  const parts = [
    // A title may begin with the id of its task: `export of in.c-shop.orders`.
    title.startsWith(`${id} `) ? `${name}${title.slice(id.length)}` : `${name} ${colors.dim(title)}`,
    paint(status),
    attempt === 1 ? undefined : `attempt ${attempt}`,
    jobId === undefined ? undefined : `job ${jobId}`,
    tookText(task, nowMs),
    message,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

function tookText({ startTime, endTime }: TaskView, nowMs: number): string | undefined {
  if (startTime === undefined) return undefined;
  const untilMs = endTime === undefined ? nowMs : Date.parse(endTime);
  return roundedDuration(untilMs - Date.parse(startTime));
}

function markOf(status: string, wheel: string): string {
  if (QUIET.has(status)) return '·';
  const mark = MARKS.get(status);
  if (mark !== undefined) return mark;
  return isStoppedStatus(status) ? '✗' : wheel;
}

function paint(status: string): string {
  const words = status === 'not-started' ? 'not started' : status;
  return QUIET.has(status) ? colors.dim(words) : paintStatus(words);
}
