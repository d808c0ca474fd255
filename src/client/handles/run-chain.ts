import {
  WorkflowContinuedAsNewError,
  WorkflowNotFoundError,
  type Client,
  type WorkflowExecutionDescription,
  type WorkflowHandle,
} from '@temporalio/client';
import { describeWorkflow } from '../../temporal/look.js';
import { NoSuchJobError } from '../errors.js';

/** More runs than a job makes in years. */
const RUNS_MAX = 10_000;

/** The latest run of a chain, as Temporal describes it. */
export interface LatestRun {
  handle: WorkflowHandle;
  description: WorkflowExecutionDescription;
}

/**
 * The runs of one execution. A long wait continues as new, and messages to an earlier run get lost; a run that somebody
 * started later under the same id is not part of the chain.
 */
export class RunChain {
  private lastSeen: string | undefined;

  /** @param runId any run of the chain; by default the run that is running under the id, or ran last. */
  constructor(
    private readonly client: Client,
    readonly workflowId: string,
    runId: string | undefined,
  ) {
    this.lastSeen = runId;
  }

  /** @throws NoSuchJobError. */
  async latest(): Promise<LatestRun> {
    try {
      return await this.lastOfAll();
    } catch (error) {
      throw this.known(error);
    }
  }

  /** Cancels the run that is the latest when Temporal receives the request. @throws NoSuchJobError. */
  async cancel({ raw }: WorkflowExecutionDescription): Promise<void> {
    const firstExecutionRunId = raw.workflowExecutionInfo?.firstRunId;
    const options = firstExecutionRunId ? { firstExecutionRunId } : {};
    try {
      await this.client.workflow.getHandle(this.workflowId, undefined, options).cancel();
    } catch (error) {
      throw this.known(error);
    }
  }

  /** Turns Temporal's "workflow not found" into a NoSuchJobError; returns other errors as they are. */
  known(error: unknown): unknown {
    if (!(error instanceof WorkflowNotFoundError)) return error;
    return new NoSuchJobError(`No workflow "${this.workflowId}" in namespace ${this.client.options.namespace}.`);
  }

  private async lastOfAll(): Promise<LatestRun> {
    for (let runs = 0; runs < RUNS_MAX; runs++) {
      const handle = this.client.workflow.getHandle(this.workflowId, this.lastSeen);
      const description = await describeWorkflow(this.client, this.workflowId, this.lastSeen);
      const next = await this.runAfter(description);
      if (next === undefined) return { handle, description };
      this.lastSeen = next;
    }
    throw new WorkflowNotFoundError(`more than ${RUNS_MAX} runs`, this.workflowId, this.lastSeen);
  }

  private async runAfter(description: WorkflowExecutionDescription): Promise<string | undefined> {
    const { runId, status } = description;
    if (status.name === 'CONTINUED_AS_NEW') return await this.continuedAs(runId);
    if (!TRIED_AGAIN.includes(status.name)) return undefined;
    // A retry policy may have started another run, which the description of this run does not name.
    const last = await describeWorkflow(this.client, this.workflowId);
    return last.runId !== runId && firstRunOf(last) === firstRunOf(description) ? last.runId : undefined;
  }

  private async continuedAs(runId: string): Promise<string> {
    try {
      await this.client.workflow.getHandle(this.workflowId, runId, { followRuns: false }).result();
    } catch (error) {
      if (error instanceof WorkflowContinuedAsNewError) return error.newExecutionRunId;
      throw error;
    }
    return runId;
  }
}

/** The statuses after which a retry policy starts a new run. */
const TRIED_AGAIN: readonly string[] = ['FAILED', 'TIMED_OUT'];

function firstRunOf({ raw }: WorkflowExecutionDescription): string | null | undefined {
  return raw.workflowExecutionInfo?.firstRunId;
}

/** Whether a workflow has not closed yet. */
export function isOpen({ status }: WorkflowExecutionDescription): boolean {
  return status.name === 'RUNNING' || status.name === 'PAUSED';
}
