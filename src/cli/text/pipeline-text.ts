import { colors } from '../../operate/colors.js';
import type { PipelineResult, TaskResult } from '../../job/pipeline/result.js';
import { counted } from '../../job/text/counted.js';
import { paintStatus } from './output.js';

/** Per phase; the JSON has all of them. */
const TASKS_MAX = 50;

/** The outcome of a pipeline, for people. */
export function pipelineText(result: PipelineResult, indent = ''): string {
  const { name, status, rootRunId, phases, truncated } = result;
  const lines = [
    `${paintStatus(status)} · pipeline ${name} ${colors.dim(`· run id ${rootRunId}`)}`,
    ...phases.flatMap((phase) => {
      const counts = Object.entries(phase.counts ?? {}).map(([what, count]) => `${count} ${what}`);
      const left = phase.tasks.length - TASKS_MAX;
      return [
        `  ${[phase.name, statusText(phase.status), ...counts].join(' · ')}`,
        ...phase.tasks.slice(0, TASKS_MAX).map((task) => `    ${taskLine(task, indent)}`),
        ...(left > 0 ? [`    … and ${left} more`] : []),
      ];
    }),
    ...(truncated ? ['  Only failed tasks are listed; the others are counted.'] : []),
  ];
  return lines.join(`\n${indent}`);
}

function taskLine(task: TaskResult, indent: string): string {
  const { id, status, attempts, job, pipeline, storage, left, error } = task;
  const jobId = (job ?? storage ?? left)?.jobId;
  const took = job?.durationSeconds === undefined ? undefined : `${job.durationSeconds} s`;
  const parts = [
    `${id} · ${statusText(status)}`,
    attempts === undefined ? undefined : counted(attempts, 'attempt'),
    jobId && `job ${jobId}`,
    took,
    error && (error.message.startsWith(error.type) ? error.message : `${error.type}: ${error.message}`),
  ];
  const line = parts.filter((part) => part !== undefined).join(' · ');
  return pipeline ? `${line}\n${indent}      ${pipelineText(pipeline, `${indent}      `)}` : line;
}

function statusText(status: string): string {
  if (status === 'skipped') return colors.dim(status);
  return status === 'not-started' ? colors.dim('not started') : paintStatus(status);
}
