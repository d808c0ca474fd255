import { CancellationScope, workflowInfo } from '@temporalio/workflow';
import { canBeSearchedFor } from '../../job/create/recognition.js';
import { isStopped, type CreateOrigin } from '../../job/create/creation.js';
import { sentRunId } from '../../job/create/fence.js';
import { expectAnother, takeUpAttempt } from '../../job/life/creations.js';
import { CREATIONS_MAX } from '../../job/life-state.js';
import { ambiguous } from './ambiguous.js';
import { findLostJob, type SearchEnd, type Sought } from './find-lost-job.js';
import { AFTER_RESET, BEFORE_CLOSING, ONE_MINUTE, type SearchWindow } from './search-window.js';
import type { JobLife } from '../job-life.js';
import { wasReset } from '../reset/is-reset.js';
import type { UnsearchedPlace } from '../reset/reset-point.js';
import { searchSent } from '../search/search-sent.js';
import { traceOf } from './trace-of.js';

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
    const end = first.kind === 'unclear' ? first : ((await findRecreated(life, first, windowNow)) ?? first);
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
 * Searches for the jobs of the creations that the run before the reset may have tried after the one that this run is at.
 * The last one counts that was not stopped, as in that run. All others may still run or appear, so they are looked for
 * from then on.
 *
 * @param first what the search for the creation of this run has come to.
 * @returns undefined if there is no such job.
 */
async function findRecreated(
  life: JobLife,
  first: SearchEnd,
  windowNow: () => SearchWindow,
): Promise<SearchEnd | undefined> {
  if (!mayHaveRecreated(life)) return undefined;
  const { state } = life;
  const attempts = Array.from({ length: CREATIONS_MAX - state.attempt }, (_, at) => CREATIONS_MAX - at);
  const later = await Promise.all(
    attempts.map(async (attempt) => {
      const sought = soughtOf(life, attempt);
      const window = (): SearchWindow => ({ ...ONE_MINUTE, totalMsMax: windowNow().totalMsMax });
      return { attempt, sought, end: await findLostJob(life, sought, 'the workflow was reset', window) };
    }),
  );
  const all = [...later, { attempt: state.attempt, sought: soughtOf(life, state.attempt), end: first }];
  const found = all.filter(({ end }) => end.kind === 'found');
  const counts = found.find(({ end }) => end.kind === 'found' && !isStopped(end.job)) ?? found[0];
  for (const one of all) if (one !== counts) expectAnother(state, one.sought.runId);
  if (counts) {
    takeUpAttempt(state, counts.attempt);
    return counts.end;
  }
  return unclearOf(later);
}

/** Whether the run before a reset may have tried more creations than this run knows of. */
function mayHaveRecreated({ plan, state, resetPoint, searchedInRun }: JobLife): boolean {
  if (!wasReset(state) || plan.onAmbiguousCreate !== 'recreate' || !canBeSearchedFor(plan)) return false;
  return resetPoint.isPassed({ before: 'later creations', searchedInRun });
}

/** If nothing was found: one of which jobs below it tell, else all that no search could tell of. */
function unclearOf(later: readonly { sought: Sought; end: SearchEnd }[]): SearchEnd | undefined {
  const unclear = later.flatMap(({ sought, end }) => (end.kind === 'unclear' ? [{ sought, end }] : []));
  const { sought: of, end } = unclear.find((one) => one.end.proven) ?? unclear[0] ?? {};
  if (!of || !end) return undefined;
  const trace = end.proven ? of.trace : unclear.map((one) => one.sought.trace).join(' or ');
  return { ...end, of: { runId: of.runId, trace } };
}

function soughtOf(life: JobLife, attempt: number): Sought {
  const runId = sentRunId(life.plan.parentRunId, { fenceSeed: life.state.fenceSeed, attempt });
  return { runId, trace: traceOf(life.plan, runId), search: () => searchSent(life, runId) };
}
