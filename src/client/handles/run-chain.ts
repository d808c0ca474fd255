import {
  WorkflowContinuedAsNewError,
  WorkflowNotFoundError,
  type Client,
  type WorkflowExecutionDescription,
  type WorkflowHandle,
} from '@temporalio/client';
import { describeWorkflow } from '../../temporal/look.js';

/** More runs than a wait of years makes. */
const RUNS_MAX = 10_000;

/** The latest run of a chain, as Temporal describes it. */
export interface LatestRun {
  handle: WorkflowHandle;
  description: WorkflowExecutionDescription;
}

/**
 * The runs of one execution. A long wait goes on in a new run, and what is said to an earlier one is not heard; a run
 * that somebody started later under the same id is none of ours.
 */
export class RunChain {
  private known: string | undefined;

  /** @param runId any run of the chain; without one, whatever runs under the id, or ran last. */
  constructor(
    private readonly client: Client,
    readonly workflowId: string,
    runId: string | undefined,
  ) {
    this.known = runId;
  }

  /** @throws WorkflowNotFoundError. */
  async latest(): Promise<LatestRun> {
    for (let runs = 0; runs < RUNS_MAX; runs++) {
      const handle = this.client.workflow.getHandle(this.workflowId, this.known);
      const description = await describeWorkflow(this.client, this.workflowId, this.known);
      if (description.status.name !== 'CONTINUED_AS_NEW') return { handle, description };
      this.known = await this.runAfter(description.runId);
    }
    throw new WorkflowNotFoundError(`more than ${RUNS_MAX} runs`, this.workflowId, this.known);
  }

  /** Whatever its latest run is at the moment in which Temporal takes the wish. */
  wholeChain({ raw }: WorkflowExecutionDescription): WorkflowHandle {
    const firstExecutionRunId = raw.workflowExecutionInfo?.firstRunId;
    return this.client.workflow.getHandle(
      this.workflowId,
      undefined,
      firstExecutionRunId ? { firstExecutionRunId } : {},
    );
  }

  private async runAfter(runId: string): Promise<string> {
    try {
      await this.client.workflow.getHandle(this.workflowId, runId, { followRuns: false }).result();
    } catch (error) {
      if (error instanceof WorkflowContinuedAsNewError) return error.newExecutionRunId;
      throw error;
    }
    return runId;
  }
}
