import { ActivityFailure, CancellationScope, sleep, workflowInfo } from '@temporalio/workflow';
import { fenceFor } from '../job/fence.js';
import type { RunJobInput } from '../job/input.js';
import { backOffMs, exhausted, strain, type Patience } from '../job/patience.js';
import { joinRunId } from '../job/run-id.js';
import type { CreatedJob, CreateJobRequest, CreateOutcome, RunPlan } from '../job/run-plan.js';
import { createJob } from './activities.js';
import { failure } from './failures.js';
import type { JobLife } from './job-life.js';

const FIRST_ATTEMPT = 1;

/**
 * Creates the job, once. The POST is sent again only when the one before has provably reached nobody, always under the
 * same run id; when it may have reached Keboola the workflow fails with that run id rather than risk a second job.
 */
export async function createOnce(life: JobLife, plan: RunPlan, input: RunJobInput): Promise<CreatedJob> {
  const request = requestOf(plan, input);
  let patience: Patience | undefined;
  // Unbounded in count, bounded in time by `exhausted`.
  for (;;) {
    const outcome = await post(request);
    if (outcome.kind === 'accepted') return outcome.job;
    if (outcome.kind === 'refused') throw failure(outcome.type, outcome.message);
    if (outcome.kind === 'unknown') throw ambiguous(request, outcome.message);
    patience = strain(patience, { ...outcome, kind: 'no-answer' }, Date.now());
    if (exhausted(patience, Date.now())) {
      throw failure('KeboolaUnreachable', `No job was created in 24 h. The last answer: ${outcome.message}`);
    }
    const delayMs = backOffMs(patience, Math.random);
    life.note(`No job yet, asking again in ${Math.round(delayMs / 1_000)} s: ${outcome.message}`);
    await sleep(delayMs, { summary: 'Ask again: nothing was created' });
  }
}

/** A non-cancellable scope runs even when the workflow is cancelled already, so that is checked first, each time. */
async function post(request: CreateJobRequest): Promise<CreateOutcome> {
  if (CancellationScope.current().consideredCancelled) await CancellationScope.current().cancelRequested;
  try {
    const summary = `Create the job under run id ${request.runId}`;
    return await CancellationScope.nonCancellable(() => createJob.executeWithOptions({ summary }, [request]));
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return { kind: 'unknown', message: error.cause?.message ?? error.message };
  }
}

function requestOf(plan: RunPlan, input: RunJobInput): CreateJobRequest {
  return {
    connection: plan.connection,
    component: plan.component,
    runId: joinRunId(plan.parentRunId, fenceFor(workflowInfo().originalExecutionRunId, FIRST_ATTEMPT)),
    ...(plan.config !== undefined && { config: plan.config }),
    ...(input.configData !== undefined && { configData: input.configData }),
    ...(input.params !== undefined && { params: input.params }),
  };
}

function ambiguous({ runId }: CreateJobRequest, reason: string): Error {
  const next = `Look in Keboola for a job whose run id starts with "${runId}." before you start it again.`;
  return failure('CreateAmbiguous', `The answer to the creation was lost, a job may be running. ${next} ${reason}`, {
    runId,
  });
}
