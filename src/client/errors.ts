import type { FailureType } from '../job/failure/failure-types.js';
import type { PipelineResult } from '../job/pipeline/result.js';
import type { JobResult, LeftJob } from '../job/result.js';
import type { StorageJobResult } from '../job/storage/result.js';
import { problemsText } from '../input/check-input.js';
import type { InputProblem } from '../input/input-problem.js';

/** The input was refused before anything was sent. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';

  constructor(readonly problems: readonly InputProblem[]) {
    super(problemsText(problems));
  }
}

/** The configuration is running already, with another input. */
export class InputConflictError extends Error {
  override readonly name = 'InputConflictError';

  constructor(
    readonly workflowId: string,
    how = 'ifRunning "queue" (--if-running queue)',
  ) {
    super(
      `${workflowId} is running already with another input. ` +
        `Wait for it, cancel it, or start a second one with ${how}.`,
    );
  }
}

/** A running workflow was found although `ifRunning` is `fail`. */
export class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';

  constructor(readonly workflowId: string) {
    super(`${workflowId} is running already.`);
  }
}

/**
 * The workflow of a pipeline closed as failed; `pipeline` is there when one of its tasks has failed it, `problems` when it was
 * refused.
 */
export class PipelineFailedError extends Error {
  override readonly name = 'PipelineFailedError';

  constructor(
    readonly workflowId: string,
    readonly type: JobFailedError['type'],
    message: string,
    readonly pipeline?: PipelineResult,
    readonly problems: readonly InputProblem[] = [],
  ) {
    super(message);
  }
}

/** The workflow of a pipeline closed as canceled; `pipeline` is how far it had come. */
export class PipelineCanceledError extends Error {
  override readonly name = 'PipelineCanceledError';

  constructor(
    readonly workflowId: string,
    readonly pipeline?: PipelineResult,
  ) {
    super(pipeline ? 'Canceled; all that can be stopped has stopped.' : 'Canceled before anything of it has started.');
  }
}

/** The workflow closed as failed; `type` is from the closed list, `job`, or `storage` for a job of Storage, is there when it came to an end. */
export class JobFailedError extends Error {
  override readonly name = 'JobFailedError';

  constructor(
    readonly workflowId: string,
    readonly type: FailureType | 'Terminated' | 'TimedOut' | 'Failed',
    message: string,
    readonly job?: JobResult,
    readonly storage?: StorageJobResult,
  ) {
    super(message);
  }
}

/** The workflow closed as canceled; `job` is what became of the job, `left` the job that goes on without it. */
export class JobCanceledError extends Error {
  override readonly name = 'JobCanceledError';

  constructor(
    readonly workflowId: string,
    readonly job?: JobResult,
    readonly left?: LeftJob,
  ) {
    super(canceledText(job, left));
  }
}

function canceledText(job: JobResult | undefined, left: LeftJob | undefined): string {
  if (left) return `Canceled; job ${left.jobId} was left alone (${left.status ?? 'not seen yet'})${placeOf(left)}`;
  return job
    ? `Canceled; job ${job.jobId} ended ${job.status} (${job.outcome}).`
    : 'Canceled before a job was created.';
}

function placeOf({ page, url }: LeftJob): string {
  const place = page ?? url;
  return place === undefined ? '.' : `: ${place}`;
}

/** No workflow with that id, or of that job. */
export class NoSuchJobError extends Error {
  override readonly name = 'NoSuchJobError';
}

/** Temporal knows the workflow, but no worker that could tell about it answers. */
export class NoWorkerError extends Error {
  override readonly name: string = 'NoWorkerError';

  /** @param where the workflow waits for a worker. */
  constructor(
    readonly workflowId: string,
    readonly where: { taskQueue: string; namespace: string },
    words = `no worker answers on task queue "${where.taskQueue}" of namespace "${where.namespace}"; ` +
      'start one with `keboola-temporal worker` (or `keboola-temporal dev`)',
  ) {
    super(words);
  }
}

/** There are workers, and none can go on with the workflow: its tasks fail again and again. */
export class WorkflowStalledError extends NoWorkerError {
  override readonly name = 'WorkflowStalledError';

  /** @param reason the server's or the worker's own words; empty where they are not known. */
  constructor(workflowId: string, where: NoWorkerError['where'], reason: string) {
    super(workflowId, where, stalledWords(reason));
  }
}

/** What is said of a workflow that stands still. */
export function stalledWords(reason: string): string {
  const why = reason && ` (${reason})`;
  return `no worker can go on with it: its tasks fail again and again${why}; \`keboola-temporal doctor\` says what to do`;
}
