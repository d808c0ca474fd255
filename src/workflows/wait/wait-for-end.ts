import { CancellationScope } from '@temporalio/workflow';
import { overdue, type Deadline } from '../../job/wait/budgets.js';
import { placeToLook } from '../../job/job-page.js';
import type { JobView } from '../../job/job-view.js';
import type { LifeState } from '../../job/life-state.js';
import { backoffMs, givenUpAs, outageAfter } from '../../job/wait/outage.js';
import { phaseAgeMs } from '../../job/wait/phase-clock.js';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import { waitText, type WaitReason } from '../../job/wait/wait-reason.js';
import { showsChildren } from '../../job/watch/stretch.js';
import { failure } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { findMisnamed } from '../search/find-misnamed.js';
import { completeDescendants } from '../tree/complete-descendants.js';
import { observeChildren } from '../tree/observe-children.js';
import { nextWait, type Wait } from './next-wait.js';
import { newClockwork, readRequest } from './read-request.js';
import { waitUntilDue } from './wait-until-due.js';
import { stopBeside } from '../stop/kill-and-confirm.js';
import { stopLateJobs } from '../stop/stop-late-jobs.js';

export type WaitEnd =
  | { kind: 'over'; view: JobView }
  | { kind: 'out-of-time'; deadline: Deadline }
  /** An adopted job that nothing holds back and that does not start: it was written and never queued. */
  | { kind: 'ghost' };

/** Before an unknown status is believed to be the end it must be read twice, this far apart. */
const SECOND_READ_MS = 5_000;
const GHOST_AFTER_MS = 15 * 60_000;
const LATE_SEARCH_MS = 60_000;
/** The list shows a job that was made already; a second one of the same creation may follow. */
const INDEXED_MS = 5_000;

/**
 * Looks at the job until its status is final, through any number of bad answers, and for the jobs below it a while longer;
 * or until its time is up.
 */
export async function waitForEnd(life: JobLife): Promise<WaitEnd> {
  const { state, time } = life;
  const clockwork = newClockwork(time.now());
  let searchLateAtMs = time.now() + LATE_SEARCH_MS;
  let doubted: string | undefined;
  let seemsGhost = false;
  let wait: Wait | undefined;
  // A job may take days; what is bounded is the time without any answer.
  for (;;) {
    await waitUntilDue(life, wait ?? nextWait(life, clockwork));
    wait = undefined;
    // A read comes before every verdict of time: since the last one the job may have started in time, or ended.
    const reading = await life.read(readRequest(life, clockwork));
    if (reading.kind === 'read') {
      const { view, descendants, waitsFor } = reading;
      if (descendants) observeChildren(state, descendants);
      const finality = life.seen(reading);
      if (finality === 'final') {
        await completeDescendants(life);
        return { kind: 'over', view };
      }
      const deadline = overdue(state.budgets, time.now());
      if (deadline) return { kind: 'out-of-time', deadline };
      if (waitsFor) {
        life.note(waitText(waitsFor));
        // Asked twice: status and reasons are two answers, and the lock or the limit may have let it go between them.
        const isGhost = looksLikeGhost(state, waitsFor, time.now());
        if (seemsGhost && isGhost) return { kind: 'ghost' };
        seemsGhost = isGhost;
      }
      if (finality === 'doubtful' && doubted === view.status) {
        throw failure('UnknownStatus', `Job ${view.jobId} ended with the unknown status "${view.status}".`, view);
      }
      doubted = finality === 'doubtful' ? view.status : undefined;
      if (descendants && showsChildren(state.clock, clockwork.descendantsReadMs)) clockwork.knowsChildren = true;
      // Before late jobs are searched for, which may take long: the own one does not wait longer for that.
      wait = finality === 'doubtful' ? { delayMs: SECOND_READ_MS } : nextWait(life, clockwork);
    } else if (await findMisnamed(life, reading)) {
      searchLateAtMs = time.now();
    } else {
      const deadline = overdue(state.budgets, time.now());
      if (deadline) return { kind: 'out-of-time', deadline };
      const { delayMs, note } = bear(state, reading, time.now(), placeToLook(life.plan, life.job));
      life.note(note);
      wait = { delayMs };
      continue;
    }
    if (state.givenUp.length === 0 || time.now() < searchLateAtMs) continue;
    searchLateAtMs = time.now() + (reading.kind === 'read' ? LATE_SEARCH_MS : INDEXED_MS);
    await life.rethrowCancellation();
    const problem = await CancellationScope.nonCancellable(() => stopBeside(() => stopLateJobs(life)));
    if (problem) life.note(problem.message);
  }
}

function looksLikeGhost({ created, budgets, clock }: LifeState, waitsFor: WaitReason, nowMs: number): boolean {
  if (!created?.adopted || waitsFor.kind !== 'nothing' || budgets.runningSinceMs !== undefined) return false;
  return phaseAgeMs(clock, nowMs) >= GHOST_AFTER_MS;
}

/**
 * Bears with one more read that was not answered.
 *
 * @param place where to look at the job.
 * @throws ApplicationFailure `TokenRefused`, `KeboolaUnreachable` when it has lasted too long.
 */
function bear(state: LifeState, answer: NoAnswer, nowMs: number, place: string): { delayMs: number; note: string } {
  const { deferredMs, message } = answer;
  if (deferredMs !== undefined) return { delayMs: deferredMs, note: message };
  const outage = outageAfter(state.outage, answer, nowMs);
  state.outage = outage;
  const silentMinutes = Math.round((nowMs - outage.sinceMs) / 60_000);
  const spent = givenUpAs(outage, nowMs);
  if (spent) {
    const advice = `Job ${state.created?.jobId ?? ''} may still run; look at it in Keboola: ${place}`;
    throw failure(spent, `No usable answer for ${silentMinutes} min: ${message}. ${advice}`);
  }
  const howLong = silentMinutes === 0 ? '' : ` for ${silentMinutes} min`;
  const note = `Keboola has given no usable answer${howLong}: ${message}`;
  return { delayMs: backoffMs(outage, Math.random), note };
}
