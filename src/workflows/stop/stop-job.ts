import { CancellationScope } from '@temporalio/workflow';
import type { JobView } from '../../job/job-view.js';
import type { LifeState } from '../../job/life-state.js';
import { letObserversClose } from '../tree/complete-descendants.js';
import type { JobLife } from '../job-life.js';
import { outcomeOfStop } from '../job-result.js';
import { keepEndInMemo } from '../keep-end-in-memo.js';
import { CONFIRM_MS_MAX, killAndConfirm, notConfirmed } from './kill-and-confirm.js';
import { LateJobs } from './late-jobs.js';
import { askDescendants, stopDescendants } from './stop-descendants.js';

/** A final status can change once more: the Keboola worker that runs the job may not have heard of the kill yet. */
const SECOND_LOOK_MS = 5_000;

/**
 * Stops the job and everything that it has spawned, and proves it; must run in a non-cancellable scope.
 *
 * @param untilMs when to give up.
 * @throws ApplicationFailure `KillNotConfirmed`: something may still run.
 */
export async function stopJob(life: JobLife, untilMs: number): Promise<JobView> {
  const { time } = life;
  life.enter('stopping');
  // A job that came back to life is killed again; each round is bounded, and so is their sum.
  for (;;) {
    const end = await killOwnJob(life, untilMs);
    if (!end) {
      life.enter('stopping');
      continue;
    }
    const endedMs = time.now();
    if (hasStarted(life.state, end)) await stopDescendants(life, untilMs);
    // The events that these rounds have written are no storm of signals.
    life.storm.begin();
    await time.sleep(Math.max(1_000, SECOND_LOOK_MS - (time.now() - endedMs)), { summary: 'Is it still over?' });
    const again = await life.read({ ...life.ref, afterKill: true });
    const last = again.kind === 'read' ? again.view : end;
    const isOver = again.kind === 'no-answer' || life.takeReading(again) === 'final';
    if (isOver) {
      await letObserversClose(life.state.descendants, time);
      return last;
    }
    if (time.now() >= untilMs) throw notConfirmed(life.plan, life.job);
  }
}

/** If our job does not obey, its child jobs are asked to stop all the same. */
async function killOwnJob(life: JobLife, untilMs: number): Promise<JobView | undefined> {
  try {
    return await killAndConfirm(life, life.job, untilMs);
  } catch (error) {
    if (hasStarted(life.state, life.state.snapshot.job)) await askDescendants(life);
    throw error;
  }
}

/**
 * Stops the job although nobody has asked for it, and asks late jobs to stop at the same time.
 *
 * @throws ApplicationFailure `KillNotConfirmed`; the cancellation, if the workflow was cancelled meanwhile.
 */
export async function stopUnasked(life: JobLife, lateJobs = new LateJobs(life)): Promise<JobView> {
  life.stopSinceMs = life.time.now();
  const untilMs = life.stopSinceMs + CONFIRM_MS_MAX;
  const [end] = await CancellationScope.nonCancellable(() =>
    Promise.all([stopJob(life, untilMs), lateJobs.lookOnce()]),
  );
  if (life.cancelled) keepEndInMemo(life, end, outcomeOfStop(end));
  await life.rethrowCancellation();
  life.stopSinceMs = undefined;
  return end;
}

/** A job that has never run cannot have children. */
function hasStarted({ statusesSeen }: LifeState, job: JobView | undefined): boolean {
  return job?.startTime !== undefined || statusesSeen.some(({ status }) => status === 'processing');
}
