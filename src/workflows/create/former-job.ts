import { CancellationScope, workflowInfo } from '@temporalio/workflow';
import { canBeSearchedFor } from '../../job/create/recognition.js';
import type { CreateOrigin } from '../../job/create/creation.js';
import { sentRunId } from '../../job/create/fence.js';
import { expectAnother, takeUpAttempt } from '../../job/life/creations.js';
import { CREATIONS_MAX } from '../../job/life-state.js';
import { ambiguous } from './ambiguous.js';
import { findLostJob, type SearchEnd, type Sought } from './find-lost-job.js';
import { AFTER_RESET, BEFORE_CLOSING, ONE_ANSWER, ONE_MINUTE, type SearchWindow } from './search-window.js';
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
 *
 * @throws ApplicationFailure `CreateAmbiguous` if the search cannot tell and the workflow was cancelled, or if it cannot
 * tell of a later creation.
 */
export async function findFormerJob(
  life: JobLife,
  creation: Sought,
  reason: string,
  window: SearchWindow = AFTER_RESET,
): Promise<SearchEnd> {
  const windowNow = (): SearchWindow => (life.cancelled ? BEFORE_CLOSING : window);
  return await CancellationScope.nonCancellable(async () => {
    const first = await findLostJob(life, creation, reason, windowNow);
    const end = first.kind === 'unclear' ? first : ((await findRecreated(life, first.kind)) ?? first);
    if (end.kind === 'unclear' && (life.cancelled || end.of)) {
      throw ambiguous(creation, life.cancelled ? `${reason}; the workflow was canceled` : reason, end);
    }
    if (end.kind === 'absent') {
      life.searchedInRun = end.inRun;
      if (canBeSearchedFor(life.plan)) expectAnother(life.state, creation.runId);
    }
    return end;
  });
}

/**
 * Searches for the job of the last creation that the run before the reset has tried, if it tried more than this run knows
 * of. Jobs of its other creations are looked for from then on, as that run did.
 *
 * @param first what the search for the creation of this run has come to.
 * @returns undefined if there is no such job.
 */
async function findRecreated(life: JobLife, first: 'found' | 'absent'): Promise<SearchEnd | undefined> {
  const { plan, state } = life;
  if (!wasReset(state) || plan.onAmbiguousCreate !== 'recreate' || !canBeSearchedFor(plan)) return undefined;
  const attempts = Array.from({ length: CREATIONS_MAX - state.attempt }, (_, at) => CREATIONS_MAX - at);
  const window = first === 'found' ? ONE_MINUTE : ONE_ANSWER;
  const ends = await Promise.all(
    attempts.map(async (attempt) => {
      const sought = soughtOf(life, attempt);
      return { attempt, sought, end: await findLostJob(life, sought, 'the workflow was reset', () => window) };
    }),
  );
  const last = ends.find(({ end }) => end.kind !== 'absent');
  if (last?.end.kind === 'unclear') return { ...last.end, of: last.sought };
  const counts = last?.attempt ?? state.attempt;
  if (last || first === 'found') {
    for (const { attempt, sought } of ends) if (attempt !== counts) expectAnother(state, sought.runId);
    if (state.attempt !== counts) expectAnother(state, soughtOf(life, state.attempt).runId);
  }
  takeUpAttempt(state, counts);
  return last?.end;
}

function soughtOf(life: JobLife, attempt: number): Sought {
  const runId = sentRunId(life.plan.parentRunId, { fenceSeed: life.state.fenceSeed, attempt });
  return { runId, trace: `a job whose run id starts with "${runId}."`, search: () => searchSent(life, runId) };
}
