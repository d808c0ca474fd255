import { leaveReadDue, takeReadDue } from '../../job/life/nudges.js';
import { overdue } from '../../job/wait/budgets.js';
import { placeToLook } from '../../job/job-page.js';
import type { JobView } from '../../job/job-view.js';
import { whileItRuns } from '../../job/wait/outage-words.js';
import type { JobReading } from '../../job/remote-steps.js';
import { NO_DOUBTS, verdictOn, type Doubts, type Verdict, type WaitEnd } from '../../job/wait/verdict.js';
import { waitText } from '../../job/wait/wait-reason.js';
import { showsChildren } from '../../job/watch/stretch.js';
import { isLong } from '../continue-as-new.js';
import { failure } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { findMisnamed } from '../search/find-misnamed.js';
import { completeDescendants } from '../tree/complete-descendants.js';
import { observeChildren } from '../tree/observe-children.js';
import { bearOutage } from './bear-outage.js';
import { nextWait, type Wait } from './next-wait.js';
import { newClockwork, readRequest, type Clockwork } from './read-request.js';
import { waitUntilDue } from './wait-until-due.js';
import { LATE_SEARCH_MS, LateJobs } from '../stop/late-jobs.js';

/** An unknown status must be read twice, this far apart, before it is believed to be the end. */
const SECOND_READ_MS = 5_000;
/** The list shows a job that was made already; a second one of the same creation may soon show up. */
const INDEXED_MS = 5_000;

/**
 * Looks at the job until its status is final, through any number of bad answers, and for a while longer at the jobs
 * below it; or until its time is up.
 */
export async function waitForEnd(life: JobLife, lateJobs = new LateJobs(life)): Promise<WaitEnd> {
  const { state, time } = life;
  const clockwork = newClockwork(time.now());
  let doubts = NO_DOUBTS;
  let wait: Wait | undefined;
  let isDue = takeReadDue(state);
  // A job may take days; what is bounded is the time without any answer.
  for (;;) {
    if (isLong(life)) await goOn(life, isDue);
    if (!isDue) await waitUntilDue(life, wait ?? nextWait(life, clockwork));
    wait = undefined;
    isDue = false;
    // Read before checking any time limit: since the last read the job may have started in time, or ended.
    const reading = await life.read(readRequest(life, clockwork));
    if (reading.kind === 'read') {
      const verdict = takeIn(life, clockwork, reading, doubts);
      if (verdict.kind === 'over') await completeDescendants(life);
      if (verdict.kind === 'unknown-status') throw unknownStatus(reading.view);
      if (verdict.kind !== 'on') return verdict;
      ({ doubts } = verdict);
      wait = doubts.status === undefined ? nextWait(life, clockwork) : { delayMs: SECOND_READ_MS };
      if (lateJobs.areDue) wait = await within(life, wait, () => lateJobs.look(LATE_SEARCH_MS));
    } else if (await findMisnamed(life, reading)) {
      await lateJobs.look(INDEXED_MS);
    } else {
      const deadline = overdue(state.budgets, time.now());
      if (deadline) return { kind: 'out-of-time', deadline };
      const words = whileItRuns(life.job.jobId, placeToLook(life.plan, life.job));
      // Before this run may continue as new: the next run would not know of the pause.
      await waitUntilDue(life, { delayMs: bearOutage(life, reading, words) });
      isDue = true;
    }
  }
}

/** Continues as new. A read that is due now, after a pause, is the first thing that the next run does. */
async function goOn(life: JobLife, isDue: boolean): Promise<void> {
  if (isDue) leaveReadDue(life.state);
  await life.continueAsNew();
}

/** Does something else within a wait, which does not grow longer by it. @returns what is left of the wait. */
async function within({ time }: JobLife, wait: Wait, act: () => Promise<void>): Promise<Wait> {
  const sinceMs = time.now();
  await act();
  return { ...wait, delayMs: Math.max(0, wait.delayMs - (time.now() - sinceMs)) };
}

type Read = Extract<JobReading, { kind: 'read' }>;

/** Takes in what a read shows of the job and of the jobs below it, and says whether it was the last read. */
function takeIn(life: JobLife, clockwork: Clockwork, reading: Read, doubts: Doubts): Verdict {
  const { state, time } = life;
  const { descendants, waitsFor } = reading;
  if (descendants) observeChildren(state, descendants);
  const finality = life.takeReading(reading);
  if (descendants && showsChildren(state.clock, clockwork.descendantsReadMs)) clockwork.knowsChildren = true;
  const verdict = verdictOn(state, reading, finality, doubts, time.now());
  if (waitsFor && verdict.kind === 'on') life.note(waitText(waitsFor));
  return verdict;
}

function unknownStatus(view: JobView): Error {
  return failure('UnknownStatus', `Job ${view.jobId} ended with the unknown status "${view.status}".`, view);
}
