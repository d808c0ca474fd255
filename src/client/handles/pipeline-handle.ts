import type { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { isRecord } from '../../input/find-problems.js';
import type { InputProblem } from '../../input/input-problem.js';
import { isPipelineResult } from '../../job/pipeline/result-guard.js';
import { PIPELINE_MEMO, type PipelineResult } from '../../job/pipeline/result.js';
import { pipelineQuery, type PipelineView } from '../../job/pipeline/view.js';
import { memoField } from '../../temporal/memo-field.js';
import { PipelineCanceledError, PipelineFailedError } from '../errors.js';
import { cutOffError, failedError } from './closed-error.js';
import { withNested } from './nested-views.js';
import type { LatestRun } from './run-chain.js';
import { withRunningJobs } from './running-jobs.js';
import { WorkflowRun } from './workflow-run.js';

/** The workflow of a pipeline, running or closed. */
export class PipelineHandle extends WorkflowRun<PipelineResult> {
  readonly kind = 'pipeline';

  /**
   * The current state of the pipeline: its phases and tasks, the pipelines running within it and, as far as Temporal's
   * lists tell, its running jobs.
   *
   * @throws NoWorkerError when there is no worker, or none answers within 15 s; NoSuchJobError.
   */
  async view(): Promise<PipelineView> {
    const view = await this.query(await this.chain.latest(), pipelineQuery);
    const withJobs = await withRunningJobs(this.client, this.workflowId, view);
    return await withNested(withJobs, (workflowId) => new PipelineHandle(this.client, workflowId).view());
  }

  protected override async closedError(latest: LatestRun, { cause, message }: WorkflowFailedError): Promise<Error> {
    const { workflowId } = this;
    if (cause instanceof CancelledFailure) {
      return new PipelineCanceledError(workflowId, await this.rememberedCourse(latest));
    }
    const { type, message: why } = cutOffError(workflowId, cause) ?? failedError(workflowId, cause, message);
    const detail: unknown = cause instanceof ApplicationFailure ? cause.details?.[0] : undefined;
    const problems = type === 'InvalidInput' ? problemsIn(detail) : [];
    return new PipelineFailedError(workflowId, type, why, isPipelineResult(detail) ? detail : undefined, problems);
  }

  /** A canceled pipeline leaves what it did so far in the memo. */
  private async rememberedCourse({ description }: LatestRun): Promise<PipelineResult | undefined> {
    const course = await memoField(this.client, description, PIPELINE_MEMO);
    return isPipelineResult(course) ? course : undefined;
  }
}

/** The problems that the worker found in the pipeline's input. */
function problemsIn(detail: unknown): InputProblem[] {
  if (!Array.isArray(detail)) return [];
  return detail.filter(
    (one: unknown): one is InputProblem =>
      isRecord(one) && typeof one['path'] === 'string' && typeof one['message'] === 'string',
  );
}
