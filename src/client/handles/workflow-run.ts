import { WorkflowFailedError, type Client } from '@temporalio/client';
import type { QueryDefinition } from '@temporalio/common';
import { NoSuchJobError } from '../errors.js';
import { rowOf, type JobRow } from '../list-jobs.js';
import { queryWithin } from './query-within.js';
import { isOpen, RunChain, type LatestRun } from './run-chain.js';

/** What the handles of all workflows have in common; `Result` is what the workflow returns. */
export abstract class WorkflowRun<Result> {
  protected readonly chain: RunChain;

  constructor(
    protected readonly client: Client,
    readonly workflowId: string,
    readonly runId?: string,
  ) {
    this.chain = new RunChain(client, workflowId, runId);
  }

  /** Whether the workflow is running; undefined if Temporal does not know it. */
  async isRunning(): Promise<boolean | undefined> {
    try {
      return isOpen((await this.chain.latest()).description);
    } catch (error) {
      if (error instanceof NoSuchJobError) return undefined;
      throw error;
    }
  }

  /** Temporal's description of the workflow, running or closed. @throws NoSuchJobError. */
  async describe(): Promise<JobRow> {
    return rowOf((await this.chain.latest()).description);
  }

  /**
   * Waits for the end of the workflow and returns its result; a pipeline that ended with a warning has one, too.
   *
   * @throws NoSuchJobError; for a job JobFailedError or JobCanceledError; for a pipeline PipelineFailedError or
   * PipelineCanceledError; PayloadKeyError if we lack the key to decrypt what it says.
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
   * Requests cancellation of the workflow and all that it runs; `result()` then tells how it ended.
   *
   * @returns false if it had ended already.
   * @throws NoSuchJobError.
   */
  async cancel(): Promise<boolean> {
    const { description } = await this.chain.latest();
    // Temporal also accepts the cancellation of a closed workflow, and does nothing.
    if (!isOpen(description)) return false;
    await this.chain.cancel(description);
    return true;
  }

  /** The error that says what a workflow that closed without a result means for its job or pipeline. */
  protected abstract closedError(latest: LatestRun, failed: WorkflowFailedError): Promise<Error>;

  /** @throws NoWorkerError when there is no worker, or none answers within 15 s; NoSuchJobError. */
  protected async query<View>(latest: LatestRun, query: QueryDefinition<View>): Promise<View> {
    try {
      return await queryWithin(this.client, latest, query);
    } catch (error) {
      throw this.chain.known(error);
    }
  }
}
