import { canBeStopped } from '../../job/run-plan.js';
import { CancellationScope } from '@temporalio/workflow';
import type { CreatedJob } from '../../job/create/creation.js';
import type { Creation } from './creation-attempt.js';
import { failure } from '../failures.js';
import { findLostJob, type SearchWindow } from './find-lost-job.js';
import type { JobLife } from '../job-life.js';
import { postUntilAnswered } from './post-until-answered.js';

const MINUTE_MS = 60_000;
/** The platform may write a job long after its answer was lost, and its index may be ill for a while. */
const LOST_ANSWER: SearchWindow = { emptyMsMax: 30 * MINUTE_MS, totalMsMax: 120 * MINUTE_MS };
/** Where a second job is allowed in the end, it may come sooner: the search for the first one goes on beside it. */
const BEFORE_RECREATION: SearchWindow = { emptyMsMax: 5 * MINUTE_MS, totalMsMax: 120 * MINUTE_MS };
/** Where a job cannot be stopped anyway, the search only serves to name it. */
const BEFORE_LEAVING: SearchWindow = { emptyMsMax: MINUTE_MS, totalMsMax: 5 * MINUTE_MS };
/** A platform that loses job after job is not to be fed for ever. */
const ATTEMPTS_MAX = 5;
/** A request that is answered by a failure each time, and makes nothing, is refused in fact. */
const POSTS_MAX = 3;

/**
 * Creates the job, once. A job whose creation was not answered is searched for by the run id that only this creation
 * has sent, and adopted. Where it is certain that there is none the same POST is sent again. Where it is not, and only
 * if the author allows it and a search that can be trusted has shown nothing, another one is created under a run id of its
 * own.
 *
 * @param next the creation to try; asked for another one, of another run id, after each that was given up.
 */
export async function createOnce(life: JobLife, next: () => Creation): Promise<void> {
  while (!life.state.created) {
    const creation = next();
    const answer = await postUntilAnswered(life, creation);
    const found = answer.kind === 'created' ? answer.job : await findLost(life, creation, answer.message);
    if (found === 'none') life.nothingCreated(creation.runId);
    else if (found === 'perhaps') life.jobGivenUp(creation.runId);
    else life.jobCreated(found, creation.runId);
  }
}

/** What is left of a creation whose job was not found: there is none for certain, or it may come late. */
type Lost = 'none' | 'perhaps';

/** @returns what may be done where there is no job. Pressing stop does not end the search: what it finds is killed. */
async function findLost(life: JobLife, creation: Creation, reason: string): Promise<CreatedJob | Lost> {
  const window = (): SearchWindow => {
    if (life.cancelled) return canBeStopped(life.plan) ? LOST_ANSWER : BEFORE_LEAVING;
    return mayRecreate(life) ? BEFORE_RECREATION : LOST_ANSWER;
  };
  const end = await CancellationScope.nonCancellable(() => findLostJob(life, creation, reason, window));
  if (end.kind === 'found') return end.job;
  if (end.kind === 'absent' && end.certain) return await mayPostAgain(life, reason);
  if (end.kind === 'absent' && mayRecreate(life) && !life.cancelled) return 'perhaps';
  throw ambiguous(creation, reason, end.kind === 'unclear' && end.proven);
}

/** @throws ApplicationFailure `CreateRefused`, or the cancellation: nothing is there to be stopped. */
async function mayPostAgain(life: JobLife, reason: string): Promise<'none'> {
  await life.rethrowCancellation();
  const posts = (life.state.postsInVain ?? 0) + 1;
  if (posts < POSTS_MAX) return 'none';
  throw failure('CreateRefused', `Keboola has made no job of ${posts} requests, the last answer: ${reason}`);
}

/** Whether a job that is nowhere to be found, or that nothing takes up, may be created anew. */
export function mayRecreate({ plan, state }: JobLife): boolean {
  return plan.onAmbiguousCreate === 'recreate' && state.attempt < ATTEMPTS_MAX;
}

/** It is not known whether a job runs, or which one, so the message says where to look. */
export function ambiguous({ runId, trace }: Pick<Creation, 'runId' | 'trace'>, reason: string, proven = false): Error {
  const next = `Look in Keboola for ${trace} before you start it again.`;
  const state = proven
    ? 'A job was created and may run, but searching has shown only jobs below it'
    : 'It is unknown whether a job was created, and searching has not shown one';
  return failure('CreateAmbiguous', `${state}: ${reason}. ${next}`, { runId });
}
