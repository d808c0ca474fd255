import { CancellationScope } from '@temporalio/workflow';
import type { CreatedJob, CreateJobRequest, WhatToCreate } from '../job/creation.js';
import { fenceFor } from '../job/fence.js';
import { joinRunId } from '../job/run-id.js';
import { failure } from './failures.js';
import { findLostJob, type SearchWindow } from './find-lost-job.js';
import type { JobLife } from './job-life.js';
import { postUntilAnswered } from './post-until-answered.js';

const MINUTE_MS = 60_000;
/** The platform may write a job long after its answer was lost, and its index may be ill for a while. */
const LOST_ANSWER: SearchWindow = { emptyMsMax: 30 * MINUTE_MS, totalMsMax: 120 * MINUTE_MS };
/** Where a second job is allowed in the end, it may come sooner: the search for the first one goes on beside it. */
const BEFORE_RECREATION: SearchWindow = { emptyMsMax: 5 * MINUTE_MS, totalMsMax: 120 * MINUTE_MS };
/** A platform that loses job after job is not to be fed for ever. */
const ATTEMPTS_MAX = 5;

/**
 * Creates the job, once. A job whose creation was not answered is searched for by the run id that only this creation
 * has sent, and adopted. Only where the author allows it, and only after a search that can be trusted has shown
 * nothing, is another one created under a run id of its own.
 */
export async function createOnce(life: JobLife, what: WhatToCreate): Promise<void> {
  while (!life.state.created) {
    const request = requestOf(life, what);
    const answer = await postUntilAnswered(life, request);
    const job = answer.kind === 'created' ? answer.job : await findLost(life, request, answer.message);
    if (job) life.jobCreated(job, request.runId);
    else life.jobGivenUp(request.runId);
  }
}

/** @returns undefined when the job may be created anew. Pressing stop does not end the search: what it finds is killed. */
async function findLost(life: JobLife, request: CreateJobRequest, reason: string): Promise<CreatedJob | undefined> {
  const window = (): SearchWindow => (mayRecreate(life) && !life.cancelled ? BEFORE_RECREATION : LOST_ANSWER);
  const end = await CancellationScope.nonCancellable(() => findLostJob(life, request, reason, window));
  if (end.kind === 'found') return end.job;
  if (end.kind === 'absent' && mayRecreate(life) && !life.cancelled) return undefined;
  throw ambiguous(request.runId, reason);
}

/** Whether a job that is nowhere to be found, or that nothing takes up, may be created anew. */
export function mayRecreate({ plan, state }: JobLife): boolean {
  return plan.onAmbiguousCreate === 'recreate' && state.attempt < ATTEMPTS_MAX;
}

function requestOf({ plan, state }: JobLife, what: WhatToCreate): CreateJobRequest {
  return {
    ...what,
    connection: plan.connection,
    runId: joinRunId(plan.parentRunId, fenceFor(state.fenceSeed, state.attempt)),
    ...(plan.parentRunId !== undefined && { parentRunId: plan.parentRunId }),
  };
}

/** It is not known whether a job runs, so the message says where to look. */
function ambiguous(runId: string, reason: string): Error {
  const next = `Look in Keboola for a job whose run id starts with "${runId}." before you start it again.`;
  const message = `It is unknown whether a job was created, and searching has not shown one: ${reason}. ${next}`;
  return failure('CreateAmbiguous', message, { runId });
}
