import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import { WATCH_MS_MAX, type WatchEnd, type WatchRequest } from '../../job/watch/watch-request.js';
import type { ActivityDeps } from '../deps.js';
import { stateBefore } from './state-before.js';
import { WatchSteps } from './watch-steps.js';
import { WatchedProject } from './watched-project.js';
import { Watcher } from './watcher.js';

/** How soon it notices that its worker stops. */
const NAP_MS = 250;
/** More often than others: what it tells is looked at by other workers. */
const BEAT_MS = 2_000;

/**
 * Watches a project until nothing is in flight in it, or another watch has taken its place.
 *
 * @throws Error, to be tried again by another worker, as soon as its own one stops; ApplicationFailure `NotOurProject`, too,
 *   where its own one cannot reach the project.
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
  // Who looks on sees at once that a worker has it.
  beat();
  const beats = setInterval(beat, BEAT_MS);
  let hasEnded = false;
  const check = (): void => {
    cancellationSignal().throwIfAborted();
    if (hasEnded || deps.isStopping?.(info.taskQueue)) throw new Error('The worker stops; another one goes on');
  };
  const steps = new WatchSteps(watcher, request, {
    steadyMs: performance.now(),
    areSleeping: before?.isHealthy === true,
  });
  try {
    // A request that is under way may take longer than a worker has.
    return await Promise.race([watch(watcher, steps, check), untilThrown(check)]);
  } finally {
    hasEnded = true;
    clearInterval(beats);
    watcher.stop();
  }
}

async function untilThrown(check: () => void): Promise<never> {
  // Ends with the watch at the latest.
  for (;;) {
    await sleep(NAP_MS);
    check();
  }
}

/** @param check throws when it is to end. */
async function watch(watcher: Watcher, steps: WatchSteps, check: () => void): Promise<WatchEnd> {
  const startedMs = performance.now();
  // Temporal tells its time once, and the worker took it up a bit later: jobs are at least as old as they seem.
  const { currentAttemptScheduledTimestampMs } = activityInfo();
  for (let steadyMs = startedMs; steadyMs - startedMs < WATCH_MS_MAX; steadyMs = performance.now()) {
    const temporalMs = currentAttemptScheduledTimestampMs + steadyMs - startedMs;
    if (!(await steps.next({ steadyMs, nowMs: Date.now(), temporalMs }))) return {};
    check();
    await sleep(NAP_MS);
  }
  return { state: watcher.state };
}
