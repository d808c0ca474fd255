import { WorkflowFailedError, type Client } from '@temporalio/client';
import type { QueryDefinition } from '@temporalio/common';
import { NoSuchJobError } from '../errors.js';
import { rowOf, type JobRow } from '../list-jobs.js';
import { queryWithin } from './query-within.js';
import { isOpen, RunChain, type LatestRun } from './run-chain.js';

/** What the handles of all workflows have in common; `Result` is what such a workflow leaves behind. */
export abstract class WorkflowRun<Result> {
  protected readonly chain: RunChain;

  constructor(
    protected readonly client: Client,
    readonly workflowId: string,
    readonly runId?: string,
  ) {
    this.chain = new RunChain(client, workflowId, runId);
  }

  /** Whether the workflow runs; undefined when Temporal does not know it. */
  async isRunning(): Promise<boolean | undefined> {
    try {
      return isOpen((await this.chain.latest()).description);
    } catch (error) {
      if (error instanceof NoSuchJobError) return undefined;
      throw error;
    }
  }

  /** What Temporal tells of it, running or closed. @throws NoSuchJobError. */
  async describe(): Promise<JobRow> {
    return rowOf((await this.chain.latest()).description);
  }

  /**
   * Waits for the end; a pipeline that ended with a warning has one, too.
   *
   * @throws NoSuchJobError; of a job JobFailedError, JobCanceledError, of a pipeline PipelineFailedError,
   * PipelineCanceledError; PayloadKeyError where the key of what it tells is not here.
   */
  async result(): Promise<Result> {
    try {
      return (await this.client.workflow.getHandle(this.workflowId, this.runId).result()) as Result;
    } catch (error) {
      if (!(error instanceof WorkflowFailedError)) throw this.chain.known(error);
      throw await this.closedError(await this.chain.latest(), error);
    }
  }

  /**
   * Asks to stop it with all that it runs; `result()` then tells how it ended.
   *
   * @returns false when it had ended already.
   * @throws NoSuchJobError.
   */
  async cancel(): Promise<boolean> {
    const { description } = await this.chain.latest();
    // Temporal takes a wish to cancel a closed workflow as well and does nothing.
    if (!isOpen(description)) return false;
    await this.chain.cancel(description);
    return true;
  }

  /** What a workflow that closed without a result means for what it ran. */
  protected abstract closedError(latest: LatestRun, failed: WorkflowFailedError): Promise<Error>;

  /** @throws NoWorkerError when there is no worker, or none answers within 15 s, NoSuchJobError. */
  protected async query<View>(latest: LatestRun, query: QueryDefinition<View>): Promise<View> {
    try {
      return await queryWithin(this.client, latest, query);
    } catch (error) {
      throw this.chain.known(error);
    }
  }
}
