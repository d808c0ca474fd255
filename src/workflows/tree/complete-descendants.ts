import { CancellationScope, getExternalWorkflowHandle } from '@temporalio/workflow';
import { nudgeSignal } from '../../job/messages.js';
import type { DescendantsRequest } from '../../job/tree/descendants.js';
import type { ObserverState } from '../../job/tree/descendants-state.js';
import { descendantsRequest } from './descendants-request.js';
import type { JobLife } from '../job-life.js';
import { readDescendantsOnce } from '../steps.js';
import { observeChildren, observerId } from './observe-children.js';

/** The index lags by seconds; an end that waits longer for it tells more about the index than about the job. */
const WAIT_MS_MAX = 60_000;
/** Of that, kept for a last look. */
const LAST_LOOK_MS_MAX = 10_000;
const STEP_MS_MIN = 1_000;
const STEP_MS_MAX = 10_000;

/**
 * Waits, a minute at most, until all jobs below a job that has ended are known and have ended, and the workflows that
 * mirror its children are closed. A job below which no job is known waits for nothing.
 */
export async function completeDescendants(life: JobLife): Promise<void> {
  const { state, time } = life;
  if (state.descendants.jobs === 0) return;
  const untilMs = time.now() + WAIT_MS_MAX - LAST_LOOK_MS_MAX;
  for (let tries = 0; !isDone(life) && time.now() < untilMs; tries++) {
    life.note('The job has ended; its child jobs are waited for');
    const stepMs = Math.min(stepMsOf(tries), untilMs - time.now());
    await time.sleepUnless(() => isDone(life), stepMs, { summary: 'Wait for the child jobs' });
    if (!state.descendants.complete) await lookAgain(life, untilMs - time.now());
    // Before that their jobs may run, and a nudge costs two events here and a read there.
    if (state.descendants.complete) await nudgeObservers(life);
  }
  if (!state.descendants.results) await lookAgain(life, LAST_LOOK_MS_MAX, { partly: true });
  // Whoever has pressed stop in the last moment wants the child jobs stopped that run on.
  await life.rethrowCancellation();
}

/** All is stopped: lets the workflows that mirror the children see it, and waits for them a minute at most. */
export async function letObserversClose(life: JobLife): Promise<void> {
  const { time } = life;
  const untilMs = time.now() + WAIT_MS_MAX;
  const allClosed = (): boolean => observersThat(life, 'open', 'starting').length === 0;
  for (let tries = 0; !allClosed() && time.now() < untilMs; tries++) {
    await nudgeObservers(life);
    const stepMs = Math.min(stepMsOf(tries), untilMs - time.now());
    await time.sleepUnless(allClosed, stepMs, { summary: 'Wait for the workflows of the child jobs' });
  }
}

function stepMsOf(tries: number): number {
  return Math.min(STEP_MS_MAX, STEP_MS_MIN * 2 ** Math.min(tries, 4));
}

function isDone(life: JobLife): boolean {
  return life.state.descendants.complete && observersThat(life, 'open', 'starting').length === 0;
}

function observersThat({ state }: JobLife, ...are: ObserverState[]): string[] {
  const { observers } = state.descendants;
  return Object.keys(observers).filter((jobId) => are.some((is) => observers[jobId] === is));
}

async function lookAgain(
  life: JobLife,
  timeoutMs: number,
  how: Pick<DescendantsRequest, 'partly'> = {},
): Promise<void> {
  if (timeoutMs <= 0) return;
  const request = { ...life.ref, descendants: { ...descendantsRequest(life, 'now'), ...how } };
  const reading = await readDescendantsOnce(request, timeoutMs);
  if (reading.kind === 'read') observeChildren(life, reading.descendants);
}

/** One that cannot be nudged has closed; a run that has gone on from another one does not hear of it otherwise. */
async function nudgeObservers(life: JobLife): Promise<void> {
  await CancellationScope.nonCancellable(() =>
    Promise.all(
      observersThat(life, 'open').map((jobId) =>
        getExternalWorkflowHandle(observerId(jobId))
          .signal(nudgeSignal)
          .catch(() => void (life.state.descendants.observers[jobId] = 'closed')),
      ),
    ),
  );
}
