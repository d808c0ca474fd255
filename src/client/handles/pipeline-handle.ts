import { WorkflowFailedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { isPipelineResult, PIPELINE_MEMO, type PipelineResult } from '../../job/pipeline/result.js';
import { pipelineQuery, type PipelineView } from '../../job/pipeline/view.js';
import { cutOffError, failedError } from './closed-error.js';
import { NoSuchJobError, PipelineCanceledError, PipelineFailedError } from '../errors.js';
import { queryWithin } from './query-within.js';
import { RunChain, type LatestRun } from './run-chain.js';
import { withNested } from './nested-views.js';
import { withRunningJobs } from './running-jobs.js';
import { runs } from '../runs.js';

/** A pipeline's workflow, running or closed. */
export class PipelineHandle {
  private readonly chain: RunChain;

  constructor(
    private readonly client: Client,
    readonly workflowId: string,
    readonly runId?: string,
  ) {
    this.chain = new RunChain(client, workflowId, runId);
  }

  /**
   * Waits for the end; a pipeline that ended with a warning has one, too.
   *
   * @throws PipelineFailedError, PipelineCanceledError, NoSuchJobError.
   */
  async result(): Promise<PipelineResult> {
    try {
      return (await this.client.workflow.getHandle(this.workflowId, this.runId).result()) as PipelineResult;
    } catch (error) {
      if (!(error instanceof WorkflowFailedError)) throw this.known(error);
      throw await this.closedError(error);
    }
  }

  /**
   * Where it is: phases, tasks, the pipelines that run within it and, as far as Temporal's lists tell, the jobs that run.
   *
   * @throws NoWorkerError when no worker answers within 8 s, NoSuchJobError.
   */
  async view(): Promise<PipelineView> {
    try {
      const view = await queryWithin(this.client, await this.chain.latest(), pipelineQuery);
      const withJobs = await withRunningJobs(this.client, this.workflowId, view);
      return await withNested(withJobs, (workflowId) => new PipelineHandle(this.client, workflowId).view());
    } catch (error) {
      throw this.known(error);
    }
  }

  /**
   * Asks to stop it with all that it runs; `result()` then tells how it ended.
   *
   * @returns false when it had ended already.
   * @throws NoSuchJobError.
   */
  async cancel(): Promise<boolean> {
    try {
      const { description } = await this.chain.latest();
      // Temporal takes a wish to cancel a closed workflow as well and does nothing.
      if (!runs(description)) return false;
      await this.chain.wholeChain(description).cancel();
      return true;
    } catch (error) {
      throw this.known(error);
    }
  }

  private async closedError({ cause, message }: WorkflowFailedError): Promise<Error> {
    const { workflowId } = this;
    if (cause instanceof CancelledFailure) {
      return new PipelineCanceledError(workflowId, rememberedCourse(await this.chain.latest()));
    }
    const { type, message: why } = cutOffError(workflowId, cause) ?? failedError(workflowId, cause, message);
    const detail: unknown = cause instanceof ApplicationFailure ? cause.details?.[0] : undefined;
    return new PipelineFailedError(workflowId, type, why, isPipelineResult(detail) ? detail : undefined);
  }

  private known(error: unknown): unknown {
    if (!(error instanceof WorkflowNotFoundError)) return error;
    return new NoSuchJobError(`No workflow "${this.workflowId}" in namespace ${this.client.options.namespace}.`);
  }
}

/** A canceled pipeline leaves its course in the memo. */
function rememberedCourse({ description }: LatestRun): PipelineResult | undefined {
  const course = description.memo?.[PIPELINE_MEMO];
  return isPipelineResult(course) ? course : undefined;
}
