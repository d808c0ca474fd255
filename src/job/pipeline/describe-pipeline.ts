import { plainInMarkdown } from '../text/plain-in-markdown.js';
import { countsText } from '../wait/status-counts.js';
import type { PhaseView, PipelineView, TaskView } from './view.js';

/** The Web UI shows this many well. */
const TASKS_MAX = 50;
const PHASES_MAX = 50;

/** The current details of a pipeline in the Web UI, as Markdown: its phases and the tasks that are worth a look. */
export function pipelineMarkdown({ name, status, rootRunId, note, phases }: PipelineView): string {
  const head = `**${status}** · ${plainInMarkdown(`pipeline ${name} · run id ${rootRunId}`)}`;
  if (phases.length === 0) return note === undefined ? head : `${head}\n\n${plainInMarkdown(note)}`;
  return [head, phaseTable(phases), taskTable(phases)].filter((part) => part !== '').join('\n\n');
}

function phaseTable(phases: readonly PhaseView[]): string {
  const rows = phases.slice(0, PHASES_MAX).map(({ name, status, counts }) => [name, status, countsText(counts)]);
  return table(['phase', 'status', 'tasks'], rows);
}

/** If not all tasks fit, only those that are running or have failed. */
function taskTable(phases: readonly PhaseView[]): string {
  const all = phases.flatMap(({ tasks }) => tasks);
  const shown = all.length <= TASKS_MAX ? all : all.filter(isOfInterest).slice(0, TASKS_MAX);
  if (shown.length === 0) return '';
  return table(['task', 'what', 'status', 'job', 'why'], shown.map(taskCells));
}

function taskCells({ id, title, status, attempt = 1, jobId = '', message = '' }: TaskView): string[] {
  return [id, title, attempt === 1 ? status : `${status}, attempt ${attempt}`, jobId, message];
}

function isOfInterest({ status, message }: TaskView): boolean {
  return status === 'running' || message !== undefined;
}

function table(head: string[], rows: string[][]): string {
  const lines = [head, head.map(() => '---'), ...rows.map((row) => row.map(plainInMarkdown))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
