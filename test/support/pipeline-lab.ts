import type { WorkflowFailedError, WorkflowHandle } from '@temporalio/client';
import type { ApplicationFailure } from '@temporalio/common';
import { expect } from 'vitest';
import { waitForCreatedUpdate } from '../../src/job/messages.js';
import type { PipelineInput, TaskInput } from '../../src/job/pipeline/input.js';
import type { PipelineResult, TaskResult } from '../../src/job/pipeline/result.js';
import { createClock, type ControlledClock } from '../../src/sandbox/index.js';
import { killInKeboola, SYRUP, type Dialect } from './dialects.js';
import { connectToDevServer, type SharedDevServer } from './dev-server.js';
import { eventually } from './eventually.js';
import { openJobLab, scripted, type JobLab, type LabOptions } from './job-lab.js';
import { endInKeboola, runsInKeboola } from './until-ended.js';

/** Enough for a job to be there: on a machine of its own, on a busy one, and on one that does nothing else any more. */
const TIMEOUTS_SECONDS = [6, 15, 45];

/** The dev server, a sandbox twenty times as fast as the world, and pipelines between them. */
export class PipelineLab {
  private constructor(
    readonly server: SharedDevServer,
    readonly lab: JobLab,
    private readonly dialect: Dialect,
    /** The sandbox's; where tests run beside each other, it is that of all of them. */
    readonly clock: ControlledClock,
  ) {}

  static async open(dialect = SYRUP, worker: LabOptions['worker'] = {}): Promise<PipelineLab> {
    const server = await connectToDevServer();
    const { token } = dialect;
    const clock = createClock({ speed: 20 });
    const lab = await openJobLab(server, { token, clock, respectProjectLimit: false, worker });
    return new PipelineLab(server, lab, dialect, clock);
  }

  async close(): Promise<void> {
    await this.lab.close();
    await this.server.close();
  }

  async start(input: unknown, workflowId = this.server.unique('pipeline')): Promise<WorkflowHandle> {
    const options = { workflowId, taskQueue: this.lab.taskQueue, args: [input] };
    return await this.server.client.workflow.start('runPipeline', options);
  }

  async resultOf(input: unknown): Promise<PipelineResult> {
    return (await (await this.start(input)).result()) as PipelineResult;
  }

  /** What a failed pipeline leaves in its failure. */
  async failedResultOf(input: unknown): Promise<PipelineResult> {
    return failedResult(await causeOf(await this.start(input)));
  }

  /**
   * A pipeline that fails because a timeout has stopped something of it. A busy machine takes its time until that is there: where
   * the timeout was earlier, all is done again with a longer one.
   *
   * @param input with this timeout, in seconds.
   * @param begun ends once there is what the timeout is to stop.
   */
  async stoppedByTimeout(
    input: (timeoutSeconds: number) => PipelineInput | Promise<PipelineInput>,
    begun: (handle: WorkflowHandle) => Promise<unknown>,
  ): Promise<{ result: PipelineResult; timeoutSeconds: number }> {
    for (const timeoutSeconds of TIMEOUTS_SECONDS) {
      const handle = await this.start(await input(timeoutSeconds));
      const ended = causeOf(handle);
      const inTime = begun(handle).then(
        () => true,
        () => false,
      );
      const hasBegun = await Promise.race([inTime, ended.then(() => false)]);
      const cause = await ended;
      if (hasBegun) return { result: failedResult(cause), timeoutSeconds };
    }
    return expect.unreachable('there was nothing to be stopped by a timeout');
  }

  /** The job of a task that runs. */
  async jobOf({ workflowId }: { workflowId: string }, taskId: string): Promise<string> {
    const child = this.child({ workflowId }, taskId);
    const { jobId } = await eventually(() => child.executeUpdate(waitForCreatedUpdate));
    return jobId;
  }

  child({ workflowId }: { workflowId: string }, taskId: string): WorkflowHandle {
    return this.server.client.workflow.getHandle(`${workflowId}/${taskId}`);
  }

  async killInKeboola(jobId: string): Promise<void> {
    expect(await killInKeboola(this.lab.sandbox, this.dialect, jobId)).toBe(202);
  }

  /** Lets jobs that are `UNTIL_ENDED` end as their scripts say, once all of them run. */
  async endInKeboola(...jobIds: string[]): Promise<void> {
    const { sandbox } = this.lab;
    await Promise.all(jobIds.map((jobId) => runsInKeboola(sandbox, jobId)));
    await Promise.all(jobIds.map((jobId) => endInKeboola(sandbox, jobId, this.dialect)));
  }
}

function failedResult(cause: ApplicationFailure): PipelineResult {
  expect(cause).toMatchObject({ type: 'PipelineFailed', nonRetryable: true });
  return cause.details?.[0] as PipelineResult;
}

/** A task that runs a job as told; in sandbox time, which is fast here. */
export function task(id: string, script: Record<string, unknown> = {}, rules: Partial<TaskInput> = {}): TaskInput {
  return { id, job: scripted({ durationSeconds: 1, ...script }), ...rules } as TaskInput;
}

export const FAILS = { status: 'error', error: 'application', message: 'no luck' };
export const LONG = { durationSeconds: 100_000 };

export function pipeline(...phases: TaskInput[][]): PipelineInput {
  return { name: 'nightly', phases: phases.map((tasks, at) => ({ name: `phase ${at + 1}`, tasks })) };
}

/** Why a workflow has failed. */
export async function causeOf(handle: { result(): Promise<unknown> }): Promise<ApplicationFailure> {
  const error = await handle.result().then(
    () => undefined,
    (thrown: unknown) => thrown as WorkflowFailedError,
  );
  return error?.cause as ApplicationFailure;
}

export function tasksOf({ phases }: PipelineResult): Record<string, TaskResult> {
  return Object.fromEntries(phases.flatMap(({ tasks }) => tasks.map((one) => [one.id, one])));
}

export function statuses(result: PipelineResult): Record<string, string> {
  return Object.fromEntries(Object.entries(tasksOf(result)).map(([id, { status }]) => [id, status]));
}
