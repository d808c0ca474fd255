import { CancellationScope, sleep, workflowInfo } from '@temporalio/workflow';
import { whatToRun, type CreatedJob, type CreateJobRequest, type CreateOutcome } from '../job/creation.js';
import { fenceFor } from '../job/fence.js';
import type { RunJobInput } from '../job/input.js';
import { backOffMs, exhausted, strain, type Patience } from '../job/patience.js';
import { joinRunId } from '../job/run-id.js';
import type { RunPlan } from '../job/run-plan.js';
import { failure } from './failures.js';
import { findLostJob, type SearchEnd, type SearchWindow } from './find-lost-job.js';
import type { JobLife } from './job-life.js';
import { postOnce } from './post-once.js';
import { waitForRoom } from './wait-for-room.js';

const FIRST_ATTEMPT = 1;
const MINUTE_MS = 60_000;
/** The platform may write a job long after its answer was lost, and its index may be ill for a while. */
const LOST_ANSWER: SearchWindow = { emptyMsMax: 30 * MINUTE_MS, totalMsMax: 120 * MINUTE_MS };
/** After a reset it is likely that nothing was sent; the search makes sure of it. */
const BEFORE_RESET: SearchWindow = { emptyMsMax: 5 * MINUTE_MS, totalMsMax: 120 * MINUTE_MS };

/**
 * Creates the job, once. The POST is sent again only when the one before has provably made nothing, always under the
 * same run id; when it may have made a job, that job is searched for by this run id, and adopted.
 */
export async function createOnce(life: JobLife, plan: RunPlan, input: RunJobInput): Promise<CreatedJob> {
  const request = requestOf(plan, input);
  let patience: Patience | undefined;
  let searchedInRun: string | undefined;
  // Unbounded in count, bounded in time by `exhausted`.
  for (;;) {
    if (plan.projectLimit !== undefined) await waitForRoom(life, request);
    const outcome = await postOnce(request, searchedInRun);
    if (outcome.kind === 'accepted') return outcome.job;
    if (outcome.kind === 'refused') throw failure(outcome.type, outcome.message);
    if (outcome.kind === 'unknown') return await search(life, request, outcome.message);
    if (outcome.kind === 'search-first') {
      const end = await searchBeforeSending(life, request, outcome.message);
      if (end.kind === 'found') return end.job;
      searchedInRun = end.inRun;
      continue;
    }
    patience = await rest(life, patience, outcome);
  }
}

/** Pressing stop does not end the search: the job that it finds must be killed. */
async function search(life: JobLife, request: CreateJobRequest, reason: string): Promise<CreatedJob> {
  const found = await CancellationScope.nonCancellable(() => findLostJob(life, request, reason, LOST_ANSWER));
  if (found.kind === 'found') return found.job;
  throw ambiguous(request, reason);
}

async function searchBeforeSending(
  life: JobLife,
  request: CreateJobRequest,
  reason: string,
): Promise<Exclude<SearchEnd, { kind: 'unclear' }>> {
  const end = await CancellationScope.nonCancellable(() => findLostJob(life, request, reason, BEFORE_RESET));
  if (end.kind === 'unclear') throw ambiguous(request, reason);
  return end;
}

type NotYet = Extract<CreateOutcome, { kind: 'not-sent' | 'refused-for-now' }>;

/** Nothing was created, so stop ends this at once. */
async function rest(life: JobLife, before: Patience | undefined, outcome: NotYet): Promise<Patience> {
  const patience = strain(before, { ...outcome, kind: 'no-answer' }, Date.now());
  if (exhausted(patience, Date.now())) {
    throw failure('KeboolaUnreachable', `No job was created in 24 h. The last answer: ${outcome.message}`);
  }
  const delayMs = backOffMs(patience, Math.random);
  life.note(`No job yet, asking again in ${Math.round(delayMs / 1_000)} s: ${outcome.message}`);
  await sleep(delayMs, { summary: 'Ask again: nothing was created' });
  return patience;
}

function requestOf(plan: RunPlan, input: RunJobInput): CreateJobRequest {
  return {
    ...whatToRun(input),
    connection: plan.connection,
    runId: joinRunId(plan.parentRunId, fenceFor(workflowInfo().originalExecutionRunId, FIRST_ATTEMPT)),
    ...(plan.parentRunId !== undefined && { parentRunId: plan.parentRunId }),
  };
}

function ambiguous({ runId }: CreateJobRequest, reason: string): Error {
  const next = `Look in Keboola for a job whose run id starts with "${runId}." before you start it again.`;
  const message = `It is unknown whether a job was created, and searching has not shown one: ${reason}. ${next}`;
  return failure('CreateAmbiguous', message, { runId });
}
