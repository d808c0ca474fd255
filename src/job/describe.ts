import type { JobSnapshot } from './messages.js';
import type { RunPlan } from './run-plan.js';
import type { StorageProgress } from './storage/calls.js';
import { bytesText } from './text/bytes-text.js';
import { counted } from './text/counted.js';
import { plainInMarkdown } from './text/plain-in-markdown.js';
import { countsText } from './wait/status-counts.js';

/** A status in which the job was seen, and when. */
export interface StatusSeen {
  status: string;
  /** ISO 8601, by the workflow's clock. */
  time: string;
}

/**
 * The current details of a workflow in the Web UI, as Markdown: what this is, what it is doing, and what it has been
 * through. Text from outside is escaped: the Web UI shows it and obeys nothing in it.
 *
 * @param storage progress of an import or an export.
 */
export function detailsMarkdown(
  plan: RunPlan | undefined,
  snapshot: JobSnapshot,
  statusesSeen: readonly StatusSeen[],
  storage?: StorageProgress,
): string {
  const parts = [
    headline(plan, snapshot),
    plainInMarkdown(snapshot.note ?? ''),
    movedText(storage),
    warningsText(plan),
  ];
  return [...parts, childrenText(snapshot), history(statusesSeen)].filter((part) => part !== '').join('\n\n');
}

function headline(plan: RunPlan | undefined, { stage, job, url, page = url, polls }: JobSnapshot): string {
  if (!plan) return `**${stage}**`;
  const what = plan.config === undefined ? plan.component : `${plan.component} / ${plan.config}`;
  const about = plainInMarkdown(`${what} · project ${plan.project.name} (${plan.project.id})`);
  if (!job) return `**${stage}** · ${about}`;
  const jobId = plainInMarkdown(job.jobId);
  const link = page === undefined ? jobId : `[${jobId}](${page})`;
  const message = job.message === undefined ? '' : ` · ${plainInMarkdown(job.message)}`;
  return `**${plainInMarkdown(job.status)}** · job ${link} · ${about} · ${counted(polls, 'read')}${message}`;
}

/** The size of the CSV once it is known. How far a transfer has got is only in the activity's heartbeats. */
function movedText({ rows, bytes }: Pick<StorageProgress, 'rows' | 'bytes'> = {}): string {
  if (bytes === undefined) return '';
  return `CSV: ${bytesText(bytes)}${rows === undefined ? '' : `, ${counted(rows, 'row')}`}`;
}

function warningsText({ warnings = [] }: Pick<RunPlan, 'warnings'> = {}): string {
  return warnings.map((warning) => plainInMarkdown(`Warning: ${warning}`)).join('\n\n');
}

function childrenText({ children }: JobSnapshot): string {
  if (!children) return '';
  const digest = children.digest === undefined ? '' : `; child jobs have no workflows of their own: ${children.digest}`;
  return plainInMarkdown(`${counted(children.jobs, 'child job')}: ${countsText(children.counts)}${digest}`);
}

function history(statusesSeen: readonly StatusSeen[]): string {
  return statusesSeen.map(({ status, time }) => `- ${plainInMarkdown(`${time} ${status}`)}`).join('\n');
}
