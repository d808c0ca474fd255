import { CancellationScope, workflowInfo } from '@temporalio/workflow';
import { canBeSearchedFor } from '../../job/create/recognition.js';
import { choose, foundJob, type CreateOrigin } from '../../job/create/creation.js';
import { sentRunId } from '../../job/create/fence.js';
import { expectAnother, takeUpAttempt } from '../../job/life/creations.js';
import { CREATIONS_MAX } from '../../job/life-state.js';
import { findLostJob, type SearchEnd, type Sought } from './find-lost-job.js';
import { AFTER_RESET, BEFORE_CLOSING, type SearchWindow } from './search-window.js';
import type { JobLife } from '../job-life.js';
import { wasReset } from '../reset/is-reset.js';
import type { UnsearchedPlace } from '../reset/reset-point.js';
import { searchSent } from '../search/search-sent.js';

/** Where the creations of this run come from, for the activities that must not send one a second time. */
export function originOf({ state, searchedInRun }: JobLife): CreateOrigin {
  return {
    originalRunId: workflowInfo().originalExecutionRunId,
    ...(state.wasReset && { wasReset: true }),
    ...(searchedInRun !== undefined && { searchedInRun }),
  };
}

/**
 * Whether a run that a reset gave up may have made a job of which this run does not know, and has not looked for. Up to
 * the reset point the answer is no, because the run that is replayed did not look either.
 */
export function mustLookForFormerJob(life: JobLife, before: UnsearchedPlace['before']): boolean {
  const { state, searchedInRun, resetPoint } = life;
  if (!wasReset(state) || state.created || searchedInRun === workflowInfo().runId) return false;
  return resetPoint.isPassed({ before, searchedInRun });
}

/**
 * Searches for the job that a run before the reset, or an attempt before this one, may have made with the same creation,
 * whatever happens to the workflow meanwhile. A cancel shortens the search. A job that no search shows may still appear
 * late, so it is looked for from now on where that is possible.
 */
export async function findFormerJob(
  life: JobLife,
  creation: Sought,
  reason: string,
  window: SearchWindow = AFTER_RESET,
): Promise<SearchEnd> {
  const windowNow = (): SearchWindow => (life.cancelled ? BEFORE_CLOSING : window);
  return await CancellationScope.nonCancellable(async () => {
    const end = await findLostJob(life, creation, reason, windowNow);
    if (end.kind !== 'absent') return end;
    if (canBeSearchedFor(life.plan)) expectAnother(life.state, creation.runId);
    const later = await findRecreated(life);
    if (later) return later;
    life.searchedInRun = end.inRun;
    return end;
  });
}

/**
 * Searches for a job of the creations that the run before the reset may have tried after the one that this run is at. One
 * look each is enough, since nothing was found for minutes; where it is not answered, the job is looked for later.
 */
async function findRecreated(life: JobLife): Promise<SearchEnd | undefined> {
  const { plan, state } = life;
  if (!wasReset(state) || plan.onAmbiguousCreate !== 'recreate' || !canBeSearchedFor(plan)) return undefined;
  for (let attempt = state.attempt + 1; attempt <= CREATIONS_MAX; attempt++) {
    const runId = sentRunId(plan.parentRunId, { fenceSeed: state.fenceSeed, attempt });
    const answer = await searchSent(life, runId);
    const choice = answer.kind === 'searched' ? choose(answer.hits) : undefined;
    if (answer.kind === 'no-answer' || (choice && choice.extras.length > 0)) expectAnother(state, runId);
    if (!choice) continue;
    takeUpAttempt(state, attempt);
    return { kind: 'found', job: foundJob(choice.keep), runId };
  }
  return undefined;
}
