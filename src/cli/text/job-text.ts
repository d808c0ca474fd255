import { colors } from '../../operate/colors.js';
import type { SeenJob } from '../../client/handles/moved.js';
import type { FlowTaskEnd } from '../../job/job-view.js';
import type { JobResult } from '../../job/result.js';
import { bytesText } from '../../job/text/bytes-text.js';
import { counted } from '../../job/text/counted.js';
import { countsOf, countsText } from '../../job/wait/status-counts.js';
import { logLines } from './log-text.js';
import type { StorageTaskResult } from '../../job/storage/result.js';
import { paintStatus } from './output.js';

/** One line about a job that is under way. */
export function snapshotLine({ stage, job, note, polls, children, watched, moved }: SeenJob): string {
  const status = job ? `${paintStatus(job.status)} · job ${job.jobId}` : stage;
  const reads = polls === 0 ? '' : colors.dim(` · ${counted(polls, 'read')}`);
  const rests = watched ? colors.dim(' · watched') : '';
  const below = children === undefined ? '' : colors.dim(` · ${counted(children.jobs, 'job')} below`);
  const said = note === undefined ? '' : ` · ${note}`;
  const come = moved === undefined ? '' : ` · ${bytesText(moved.bytes)} · ${bytesText(moved.bytesPerSecond)}/s`;
  return `${stage === 'stopping' ? `stopping · ${status}` : status}${reads}${rests}${below}${said}${come}`;
}

/** In a terminal, nobody reads more messages of failures than this; `tree` and `logs` have all of them. */
const FAILED_MAX = 5;
const FAILED: readonly string[] = ['error', 'terminated', 'cancelled'];

/** The outcome of a job, for people. */
export function resultText(job: JobResult): string {
  const took = job.durationSeconds === undefined ? '' : ` in ${job.durationSeconds} s`;
  const lines = [
    `${paintStatus(job.status)} · job ${job.jobId} · ${job.component}${job.config === undefined ? '' : ` / ${job.config}`}${took}`,
    job.message,
    ...(job.warnings ?? []).map((warning) => `Warning: ${warning}`),
    childrenText(job),
    ...failedTasks(job),
    ...failedBelow(job),
    job.exceptionId === undefined ? undefined : `exception id ${job.exceptionId}`,
    ...logLines(job.log ?? []),
    colors.dim(`run id ${job.runId} · ${counted(job.polls, 'read')} · ${job.outcome} · ${job.page ?? job.url}`),
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

/** Only the number of jobs below; `tree` shows them. */
function childrenText({ children = [], childrenComplete, childrenCounts }: JobResult): string | undefined {
  const counts = childrenCounts ?? countsOf(children.flatMap(withAllBelow));
  const jobs = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (jobs === 0) return undefined;
  return `${counted(jobs, 'job')} below: ${countsText(counts)}${childrenComplete ? '' : ', perhaps more'}`;
}

/** The flow itself may end as `success` all the same: by a condition, or since only its last phase decides. */
function failedTasks({ details: { tasks = [] } = {} }: JobResult): string[] {
  const failed = tasks.filter(({ status }) => FAILED.includes(status ?? ''));
  return withMore(failed.length, failed.slice(0, FAILED_MAX).map(taskText));
}

function taskText({ id, name, status, jobId }: FlowTaskEnd): string {
  const called = name === undefined || name === id ? id : `${id} (${name})`;
  return `  task ${called}: ${status}${jobId === undefined ? '' : ` · job ${jobId}`}`;
}

/** Says why jobs below failed: on the job above, Keboola says at most how many did. */
function failedBelow({ children = [] }: JobResult): string[] {
  const failed = children.flatMap(withAllBelow).filter((job) => job.status === 'error' && job.message !== undefined);
  const leaves = failed.filter(({ children: below = [] }) => !below.some((job) => job.status === 'error'));
  const shown = leaves.slice(0, FAILED_MAX).map(({ jobId, message }) => `  job ${jobId}: ${message}`);
  return withMore(leaves.length, shown);
}

function withMore(count: number, shown: string[]): string[] {
  return count > shown.length ? [...shown, `  and ${count - shown.length} more`] : shown;
}

function withAllBelow(job: JobResult): JobResult[] {
  return [job, ...(job.children ?? []).flatMap(withAllBelow)];
}

/** The outcome of a Storage job, for people. */
export function storageText(end: StorageTaskResult): string {
  const { status, jobId, operation, error, runId, polls, url } = end;
  const bytes = 'bytes' in end ? `, ${counted(end.bytes, 'byte')}` : '';
  const rows = 'rows' in end ? ` · ${counted(end.rows, 'row')}${bytes}` : '';
  const file = 'columns' in end ? ` · file ${end.fileId}${bytes}` : '';
  const lines = [
    `${paintStatus(status)} · Storage job ${jobId} · ${operation}${'table' in end ? ` · ${end.table}` : ''}${rows}${file}`,
    error && [error.code, error.message].filter((part) => part !== undefined).join(': '),
    error?.exceptionId && `exception id ${error.exceptionId}`,
    colors.dim(`run id ${runId} · ${counted(polls, 'read')} · ${url}`),
  ];
  return lines.filter((line) => line !== undefined && line !== '').join('\n');
}
