import colors from 'picocolors';
import type { JobSnapshot } from '../job/messages.js';
import type { JobResult } from '../job/result.js';
import { paintStatus } from './output.js';

/** One line about a job on its way. */
export function snapshotLine({ stage, job, note, polls }: JobSnapshot): string {
  const status = job ? `${paintStatus(job.status)} · job ${job.jobId}` : stage;
  const reads = polls === 0 ? '' : colors.dim(` · ${polls} ${polls === 1 ? 'read' : 'reads'}`);
  return `${stage === 'stopping' ? `stopping · ${status}` : status}${reads}${note === undefined ? '' : ` · ${note}`}`;
}

/** What became of a job, for people. */
export function resultText(job: JobResult): string {
  const took = job.durationSeconds === undefined ? '' : ` in ${job.durationSeconds} s`;
  const lines = [
    `${paintStatus(job.status)} · job ${job.jobId} · ${job.component}${job.config === undefined ? '' : ` / ${job.config}`}${took}`,
    job.message,
    job.exceptionId === undefined ? undefined : `exception id ${job.exceptionId}`,
    colors.dim(`run id ${job.runId} · ${job.polls} reads · ${job.outcome} · ${job.url}`),
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}
