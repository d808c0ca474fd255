import { CancellationScope } from '@temporalio/workflow';
import { giveUp, postInVain } from '../../job/life/creations.js';
import { mayRecreate, type LifeState } from '../../job/life-state.js';
import { canBeStopped } from '../../job/run-plan.js';
import { failure } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { tellCreation } from '../show/tell-metrics.js';
import { waitOut } from '../wait/ask-until-answered.js';
import { ambiguous } from './ambiguous.js';
import type { Creation } from './creation-attempt.js';
import { findLostJob } from './find-lost-job.js';
import { NOTHING_CREATED, postUntilAnswered, type UnknownOutcome } from './post-until-answered.js';
import { AFTER_LOST_ANSWER, BEFORE_LEAVING, BEFORE_RECREATION, type SearchWindow } from './search-window.js';

/** A request that Keboola fails on each time, without making a job, is in fact refused. */
const FAILED_POSTS_MAX = 3;

/**
 * Creates the job, once. If the answer to the creation is lost, its job is searched for by the run id that only this
 * creation has sent, and taken up. If it is certain that there is no job, the same POST is sent again. If it is not
 * certain, another job is created under a run id of its own, but only if the author allows it and a trustworthy search
 * has found nothing.
 *
 * @param next the creation to try; called again after each creation that was given up, for one with another run id.
 */
export async function createOnce(life: JobLife, next: () => Creation): Promise<void> {
  while (!life.state.created) {
    const creation = next();
    const answer = await postUntilAnswered(life, creation);
    if (answer.kind === 'created') {
      life.jobCreated(answer.job, answer.runId, answer.watched);
      return;
    }
    const { message: reason } = answer;
    const window = (): SearchWindow => windowFor(life.state, life.cancelled);
    // A cancel does not end the search: what the search finds is killed.
    const end = await CancellationScope.nonCancellable(() => findLostJob(life, creation, reason, window));
    switch (end.kind) {
      case 'found':
        life.jobCreated(end.job, end.runId);
        break;
      case 'absent':
        if (end.certain) await beforePostingAgain(life, creation, answer);
        else if (mayRecreate(life.state) && !life.cancelled) recreate(life, creation);
        else throw ambiguous(creation, reason, end);
        break;
      case 'unclear':
        throw ambiguous(creation, reason, end);
    }
  }
}

function recreate({ state }: JobLife, { runId }: Creation): void {
  tellCreation('recreated');
  giveUp(state, runId);
}

function windowFor(state: LifeState, isCancelled: boolean): SearchWindow {
  if (!isCancelled) return mayRecreate(state) ? BEFORE_RECREATION : AFTER_LOST_ANSWER;
  return state.plan && canBeStopped(state.plan) ? AFTER_LOST_ANSWER : BEFORE_LEAVING;
}

/**
 * This creation has made no job. A job of it that appears after all is searched for once more, however this workflow
 * ends.
 *
 * @throws ApplicationFailure `CreateRefused`, `KeboolaUnreachable`, or the cancellation: there is nothing to stop.
 */
async function beforePostingAgain(life: JobLife, { runId }: Creation, lost: UnknownOutcome): Promise<void> {
  postInVain(life.state, runId, lost.keboolaFailed === true);
  await life.rethrowCancellation();
  if (!lost.keboolaFailed) {
    await waitOut(life, { ...lost, kind: 'no-answer' }, { summary: NOTHING_CREATED });
  } else if ((life.state.postsInVain ?? 0) >= FAILED_POSTS_MAX) {
    throw failure(
      'CreateRefused',
      `Keboola failed on ${FAILED_POSTS_MAX} requests and created no job: ${lost.message}`,
    );
  }
}
