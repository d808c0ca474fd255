import type { FailureType } from '../job/failure/failure-types.js';
import type { PipelineResult } from '../job/pipeline/result.js';
import type { JobResult, LeftJob } from '../job/result.js';
import type { StorageJobResult } from '../job/storage/result.js';
import { problemsText } from '../input/find-problems.js';
import type { InputProblem } from '../input/input-problem.js';

/** The input was refused before anything was sent. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';

  constructor(readonly problems: readonly InputProblem[]) {
    super(problemsText(problems));
  }
}

/** A workflow of the same id is running already, with another input. */
export class InputConflictError extends Error {
  override readonly name = 'InputConflictError';

  constructor(
    readonly workflowId: string,
    /** What to do; sentences. */
    advice = 'Wait for it, cancel it, or start a second one with ifRunning "queue" (--if-running queue).',
  ) {
    super(`${workflowId} is already running with another input. ${advice}`);
  }
}

/** The workflow is running already, and `ifRunning` is `fail`. */
export class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';

  constructor(readonly workflowId: string) {
    super(`${workflowId} is already running.`);
  }
}

/**
 * The workflow of a pipeline closed as failed. `pipeline` is set if one of its tasks made it fail, `problems` if its
 * input was refused.
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

/** The workflow of a pipeline closed as canceled; `pipeline` says how far it got. */
export class PipelineCanceledError extends Error {
  override readonly name = 'PipelineCanceledError';

  constructor(
    readonly workflowId: string,
    readonly pipeline?: PipelineResult,
  ) {
    super(pipeline ? 'Canceled; everything that can be stopped has stopped.' : 'Canceled before anything was started.');
  }
}

/**
 * The workflow closed as failed; `type` is from the closed list. `job` (`storage` for a Storage job) is set if the job
 * itself ended.
 */
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

/** The workflow closed as canceled; `job` says how its job ended, `left` names a job that goes on without it. */
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

/** There is no workflow with that id, or of that job. */
export class NoSuchJobError extends Error {
  override readonly name = 'NoSuchJobError';
}

/** Temporal knows the workflow, but no worker answers that could tell its state. */
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

/** No worker could tell which project a connection leads to, so not all of its workflows can be found. */
export class UnknownProjectError extends Error {
  override readonly name = 'UnknownProjectError';

  /** @param problem the worker's own words, or why there was no answer. */
  constructor(
    readonly connection: string,
    problem?: string,
  ) {
    super(
      `${unknownProjectWords(connection, problem)}, so not all that belongs to it can be found, ` +
        'and nothing is listed or stopped. Run `keboola-temporal doctor`, and try again once it names the project.',
    );
  }
}

/** The first half of a sentence about a connection whose project is unknown. */
export function unknownProjectWords(connection: string, problem = 'the worker does not say'): string {
  return `No worker could tell which project connection "${connection}" leads to (${problem.replace(/\.$/, '')})`;
}

/** Each time the client asked, the workflow was about to continue as new. */
export class ContinuesAsNewError extends Error {
  override readonly name = 'ContinuesAsNewError';

  constructor(readonly workflowId: string) {
    super(`${workflowId} is continuing as new; ask again.`);
  }
}

/** There are workers, but none can go on with the workflow: its workflow tasks fail again and again. */
export class WorkflowStalledError extends NoWorkerError {
  override readonly name = 'WorkflowStalledError';

  /** @param reason the server's or the worker's own words; empty if unknown. */
  constructor(workflowId: string, where: NoWorkerError['where'], reason: string) {
    super(workflowId, where, stalledWords(reason));
  }
}

/** The message for a workflow whose workflow tasks keep failing. */
export function stalledWords(reason: string): string {
  const why = reason && ` (${reason})`;
  return `no worker can continue this workflow: its tasks fail again and again${why}; \`keboola-temporal doctor\` says what to do`;
}
