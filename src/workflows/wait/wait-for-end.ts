import { CancellationScope } from '@temporalio/workflow';
import { overdue, type Deadline } from '../../job/wait/budgets.js';
import { placeToLook } from '../../job/job-page.js';
import type { JobView } from '../../job/job-view.js';
import { backoffMs, givenUpAs, outageAfter } from '../../job/wait/outage.js';
import { phaseAgeMs } from '../../job/wait/phase-clock.js';
import type { JobReading } from '../../job/remote-steps.js';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import { waitText } from '../../job/wait/wait-reason.js';
import { failure } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { findMisnamed } from '../search/find-misnamed.js';
import { observeChildren } from '../tree/observe-children.js';
import { nextWait, type Wait } from './next-wait.js';
import { newClockwork, readRequest, type Clockwork } from './read-request.js';
import { waitUntilDue } from './wait-until-due.js';
import { stopBeside } from '../stop/kill-and-confirm.js';
import { stopLateJobs } from '../stop/stop-late-jobs.js';

export type WaitEnd =
  | { kind: 'over'; view: JobView }
  | { kind: 'out-of-time'; deadline: Deadline }
  /** An adopted job that nothing holds back and that does not start: it was written and never queued. */
  | { kind: 'ghost' };

type Read = Extract<JobReading, { kind: 'read' }>;

/** Before an unknown status is believed to be the end it must be read twice, this far apart. */
const SECOND_READ_MS = 5_000;
const GHOST_AFTER_MS = 15 * 60_000;
const LATE_SEARCH_MS = 60_000;
/** The list shows a job that was made already. */
const INDEXED_MS = 5_000;

/** Looks at the job until its status is final, through any number of bad answers, or until its time is up. */
export async function waitForEnd(life: JobLife): Promise<WaitEnd> {
  const clockwork = newClockwork(life.time.now());
  let doubted: string | undefined;
  let seemsGhost = false;
  let wait: Wait = nextWait(life, clockwork);
  // A job may take days; what is bounded is the time without any answer.
  for (;;) {
    await waitUntilDue(life, wait);
    // A read comes before every verdict of time: since the last one the job may have started in time, or ended.
    const reading = await life.read(readRequest(life, clockwork));
    if (reading.kind === 'no-answer') {
      if (await findMisnamed(life, reading)) {
        await watchForLateJobs(life, clockwork);
        clockwork.searchedLateMs -= LATE_SEARCH_MS - INDEXED_MS;
        wait = nextWait(life, clockwork);
        continue;
      }
      const deadline = overdue(life.state.budgets, life.time.now());
      if (deadline) return { kind: 'out-of-time', deadline };
      wait = { delayMs: reading.deferredMs ?? backoff(life, reading) };
      if (reading.deferredMs !== undefined) life.note(reading.message);
      continue;
    }
    const finality = takeIn(life, clockwork, reading);
    const { view } = reading;
    if (finality === 'final') return { kind: 'over', view };
    const deadline = overdue(life.state.budgets, life.time.now());
    if (deadline) return { kind: 'out-of-time', deadline };
    if (reading.waitsFor) {
      // Asked twice: status and reasons are two answers, and the lock or the limit may have let it go between them.
      if (seemsGhost && isGhost(life, reading)) return { kind: 'ghost' };
      seemsGhost = isGhost(life, reading);
    }
    if (finality === 'doubtful' && doubted === view.status) {
      throw failure('UnknownStatus', `Job ${view.jobId} ended with the unknown status "${view.status}".`, view);
    }
    doubted = finality === 'doubtful' ? view.status : undefined;
    wait = finality === 'doubtful' ? { delayMs: SECOND_READ_MS } : nextWait(life, clockwork);
    if (looksForLateJobs(life, clockwork)) await watchForLateJobs(life, clockwork);
  }
}

function takeIn(life: JobLife, clockwork: Clockwork, reading: Read): ReturnType<JobLife['seen']> {
  delete life.state.outage;
  if (reading.history) life.state.history = reading.history;
  if (reading.descendants) observeChildren(life, reading.descendants);
  const finality = life.seen(reading);
  if (reading.descendants && life.state.clock.phase === 'processing') clockwork.knowsChildren = true;
  if (reading.waitsFor) life.note(waitText(reading.waitsFor));
  return finality;
}

function isGhost({ job, state, time }: JobLife, { waitsFor }: Read): boolean {
  if (!job.adopted || waitsFor?.kind !== 'nothing' || state.budgets.runningSinceMs !== undefined) return false;
  return phaseAgeMs(state.clock, time.now()) >= GHOST_AFTER_MS;
}

/** @returns the delay until the next look. */
function backoff(life: JobLife, answer: NoAnswer): number {
  const nowMs = life.time.now();
  const { jobId } = life.job;
  const outage = outageAfter(life.state.outage, answer, nowMs);
  life.state.outage = outage;
  const silentMinutes = Math.round((nowMs - outage.sinceMs) / 60_000);
  const spent = givenUpAs(outage, nowMs);
  if (spent) {
    const advice = `Job ${jobId} may still run; look at it in Keboola: ${placeToLook(life.plan, life.job)}`;
    throw failure(spent, `No usable answer for ${silentMinutes} min: ${answer.message}. ${advice}`);
  }
  const howLong = silentMinutes === 0 ? '' : ` for ${silentMinutes} min`;
  life.note(`Keboola has given no usable answer${howLong}: ${answer.message}`);
  return backoffMs(outage, Math.random);
}

function looksForLateJobs({ state, time }: JobLife, { searchedLateMs }: Clockwork): boolean {
  return state.givenUp.length > 0 && time.now() - searchedLateMs >= LATE_SEARCH_MS;
}

async function watchForLateJobs(life: JobLife, clockwork: Clockwork): Promise<void> {
  clockwork.searchedLateMs = life.time.now();
  await life.rethrowCancellation();
  const problem = await CancellationScope.nonCancellable(() => stopBeside(() => stopLateJobs(life)));
  if (problem) life.note(problem.message);
}
