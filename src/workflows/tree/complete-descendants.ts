import { CancellationScope, getExternalWorkflowHandle } from '@temporalio/workflow';
import type { LifeState } from '../../job/life-state.js';
import { nudgeSignal } from '../../job/messages.js';
import type { JobRef } from '../../job/remote-steps.js';
import type { DescendantsRequest } from '../../job/tree/descendants.js';
import { takeObserver, type DescendantsState } from '../../job/tree/descendants-state.js';
import { doublingMs } from '../../job/wait/doubling.js';
import { readDescendants } from '../activities.js';
import { descendantsRequest } from './descendants-request.js';
import type { JobLife } from '../job-life.js';
import type { SteadyClock } from '../steady-clock.js';
import { orNoAnswer } from '../or-no-answer.js';
import { observeChildren, observerId } from './observe-children.js';

/** The index lags by seconds; waiting longer would tell more about the index than about the job. */
const WAIT_MS_MAX = 60_000;
/** The part of that minute that is kept for a last look. */
const LAST_LOOK_MS_MAX = 10_000;
const STEP_MS_MIN = 1_000;
const STEP_MS_MAX = 10_000;

/**
 * Waits, at most a minute, until all jobs below an ended job are known and have ended, and the workflows that mirror
 * its children have closed. If no job below it is known, it does not wait.
 */
export async function completeDescendants(life: JobLife): Promise<void> {
  const { state, time } = life;
  if (state.descendants.jobs === 0) return;
  const untilMs = time.now() + WAIT_MS_MAX - LAST_LOOK_MS_MAX;
  const isDone = (): boolean => state.descendants.complete && unclosed(state.descendants).length === 0;
  for (let tries = 0; !isDone() && time.now() < untilMs; tries++) {
    life.note('The job has ended; its child jobs are waited for');
    const stepMs = stepMsOf(tries, untilMs - time.now());
    await time.sleepUnless(isDone, stepMs, { summary: 'Wait for the child jobs' });
    if (!state.descendants.complete) await lookAgain(state, life.ref, untilMs - time.now());
    // Until then the child jobs may run, and a nudge costs two events here and a read there.
    if (state.descendants.complete) await nudgeObservers(state.descendants);
  }
  if (!state.descendants.results) await lookAgain(state, life.ref, LAST_LOOK_MS_MAX, { partly: true });
  // A cancel at the last moment means that child jobs that still run are to be stopped.
  await life.rethrowCancellation();
}

/** Everything is stopped: lets the workflows that mirror the children see it, and waits for them, at most a minute. */
export async function letObserversClose(descendants: DescendantsState, time: SteadyClock): Promise<void> {
  const untilMs = time.now() + WAIT_MS_MAX;
  const allClosed = (): boolean => unclosed(descendants).length === 0;
  for (let tries = 0; !allClosed() && time.now() < untilMs; tries++) {
    await nudgeObservers(descendants);
    const stepMs = stepMsOf(tries, untilMs - time.now());
    await time.sleepUnless(allClosed, stepMs, { summary: 'Wait for the workflows of the child jobs' });
  }
}

function stepMsOf(tries: number, leftMs: number): number {
  return Math.min(doublingMs(tries, STEP_MS_MIN, STEP_MS_MAX), leftMs);
}

function unclosed({ observers }: DescendantsState): string[] {
  return Object.keys(observers).filter((jobId) => observers[jobId] !== 'closed');
}

async function lookAgain(
  state: LifeState,
  job: JobRef,
  timeoutMs: number,
  how: Pick<DescendantsRequest, 'partly'> = {},
): Promise<void> {
  if (timeoutMs <= 0) return;
  const request = { ...job, descendants: { ...descendantsRequest(state, 'now'), ...how } };
  const reading = await orNoAnswer(() =>
    readDescendants.executeWithOptions({ scheduleToCloseTimeout: timeoutMs }, [request]),
  );
  if (reading.kind === 'read') observeChildren(state, reading.descendants);
}

/** An observer that cannot be nudged has closed. After a continue-as-new there is no other way to learn of it. */
async function nudgeObservers({ observers }: DescendantsState): Promise<void> {
  const open = Object.keys(observers).filter((jobId) => observers[jobId] === 'open');
  await CancellationScope.nonCancellable(() =>
    Promise.all(
      open.map((jobId) =>
        getExternalWorkflowHandle(observerId(jobId))
          .signal(nudgeSignal)
          .catch(() => takeObserver(observers, jobId, 'closed')),
      ),
    ),
  );
}
