import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { WATCH_MS_MAX, type WatchEnd, type WatchRequest } from '../../job/watch/watch-request.js';
import type { ActivityDeps } from '../deps.js';
import { stateBefore } from './state-before.js';
import { WatchSteps } from './watch-steps.js';
import { WatchedProject } from './watched-project.js';
import { Watcher } from './watcher.js';

/** How soon a watch notices that its worker stops. */
const NAP_MS = 250;
/** More often than other activities, because other workers read the state in these heartbeats. */
const BEAT_MS = 2_000;
const STOPPING = 'This worker is stopping; another worker continues the watch';

/**
 * Watches a project until no job is in flight in it, or another watch has taken its place.
 *
 * @throws ApplicationFailure as soon as its worker stops, and `NotOurProject` if its worker cannot reach the project.
 *   Temporal retries both, perhaps on another worker.
 */
export async function watchJobs(deps: ActivityDeps, request: WatchRequest): Promise<WatchEnd> {
  const info = activityInfo();
  // Each of the calls to Temporal that run at the same time listens to it, and Node warns of more than ten.
  setMaxListeners(0, cancellationSignal());
  const nowMs = Date.now();
  const before = stateBefore(info.heartbeatDetails, nowMs) ?? request.state;
  const project = new WatchedProject(deps, request);
  const watcher = new Watcher(request, () => project.jobs(), before, { nowMs, tickMs: before?.tickMs ?? 0 });
  const beat = (): void => heartbeat(watcher.state);
  // Shows other workers at once that a worker has taken the watch.
  beat();
  const beats = setInterval(beat, BEAT_MS);
  let hasEnded = false;
  const check = (): void => {
    cancellationSignal().throwIfAborted();
    if (hasEnded || deps.isStopping?.(info.taskQueue)) {
      // Benign, so that the log of every worker that stops in good order does not end with a warning.
      throw ApplicationFailure.create({ message: STOPPING, category: ApplicationFailureCategory.BENIGN });
    }
  };
  const steps = new WatchSteps(watcher, request, {
    steadyMs: performance.now(),
    areSleeping: before?.isHealthy === true,
  });
  try {
    // A request under way may take longer than a stopping worker has left.
    return await Promise.race([watch(watcher, steps, check), untilThrown(check)]);
  } finally {
    hasEnded = true;
    clearInterval(beats);
    watcher.stop();
  }
}

async function untilThrown(check: () => void): Promise<never> {
  // Ends when the watch does, at the latest.
  for (;;) {
    await sleep(NAP_MS);
    check();
  }
}

/** @param check throws when the watch has to end. */
async function watch(watcher: Watcher, steps: WatchSteps, check: () => void): Promise<WatchEnd> {
  const startedMs = performance.now();
  // Temporal's time is known only from the scheduling, and the worker started a bit later: jobs are at least as old as
  // they seem.
  const { currentAttemptScheduledTimestampMs } = activityInfo();
  for (let steadyMs = startedMs; steadyMs - startedMs < WATCH_MS_MAX; steadyMs = performance.now()) {
    const temporalMs = currentAttemptScheduledTimestampMs + steadyMs - startedMs;
    if (!(await steps.next({ steadyMs, nowMs: Date.now(), temporalMs }))) return {};
    check();
    await sleep(NAP_MS);
  }
  return { state: watcher.state };
}
