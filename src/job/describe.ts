import type { JobSnapshot } from './messages.js';
import type { RunPlan } from './run-plan.js';
import type { StorageProgress } from './storage/calls.js';
import { bytesText } from './text/bytes-text.js';
import { counted } from './text/counted.js';
import { countsText } from './wait/status-counts.js';

/** One status that the job was seen in, and when. */
export interface StatusSeen {
  status: string;
  /** ISO 8601, by the workflow's clock. */
  time: string;
}

/**
 * The current details of a workflow in the Web UI, as Markdown: who this is, what it does now, what it went through.
 *
 * @param storage of an import or an export.
 */
export function detailsMarkdown(
  plan: RunPlan | undefined,
  snapshot: JobSnapshot,
  statusesSeen: readonly StatusSeen[],
  storage?: StorageProgress,
): string {
  const parts = [headline(plan, snapshot), snapshot.note ?? '', movedText(storage), warningsText(plan)];
  return [...parts, childrenText(snapshot), history(statusesSeen)].filter((part) => part !== '').join('\n\n');
}

function headline(plan: RunPlan | undefined, { stage, job, url, page = url, polls }: JobSnapshot): string {
  if (!plan) return `**${stage}**`;
  const what = plan.config === undefined ? plan.component : `${plan.component} / ${plan.config}`;
  const where = `project ${plan.project.name} (${plan.project.id})`;
  if (!job) return `**${stage}** · ${what} · ${where}`;
  const link = page === undefined ? job.jobId : `[${job.jobId}](${page})`;
  const message = job.message === undefined ? '' : ` · ${job.message}`;
  return `**${job.status}** · job ${link} · ${what} · ${where} · ${counted(polls, 'read')}${message}`;
}

/** How large the CSV is, once that is known: whoever moves it tells only Temporal's heartbeats how far it has come. */
function movedText({ rows, bytes }: Pick<StorageProgress, 'rows' | 'bytes'> = {}): string {
  if (bytes === undefined) return '';
  return `CSV: ${bytesText(bytes)}${rows === undefined ? '' : `, ${counted(rows, 'row')}`}`;
}

function warningsText({ warnings = [] }: Pick<RunPlan, 'warnings'> = {}): string {
  return warnings.map((warning) => `Warning: ${warning}`).join('\n\n');
}

function childrenText({ children }: JobSnapshot): string {
  if (!children) return '';
  const digest = children.digest === undefined ? '' : `; no workflow for each: ${children.digest}`;
  return `${counted(children.jobs, 'child job')}: ${countsText(children.counts)}${digest}`;
}

function history(statusesSeen: readonly StatusSeen[]): string {
  return statusesSeen.map(({ status, time }) => `- ${time} ${status}`).join('\n');
}
