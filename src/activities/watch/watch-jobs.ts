import { setTimeout as sleep } from 'node:timers/promises';
import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import { COUNTED_MAX, tickMs } from '../../job/watch/tick.js';
import type { WatchEnd, WatchRequest, WatchState } from '../../job/watch/watch-request.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { Watcher } from './watcher.js';
import { youngestInFlight, type InFlight } from './in-flight.js';

/** It goes on in another activity then, so that the workflow may leave its history behind. */
const WATCH_MS_MAX = 30 * 60_000;
/** What is in flight is asked for as often: a job that is younger is looked at by itself, ten seconds after its creation. */
const IN_FLIGHT_EVERY_MS = 5_000;
/** Temporal's list may show a new workflow as late as that. */
const IDLE_MS_MAX = 60_000;
/** How soon it notices that its worker stops. */
const NAP_MS = 250;
/** Well within the heartbeat timeout of ten seconds. */
const BEAT_MS = 2_000;

/**
 * Watches a project until nothing is in flight in it.
 *
 * @throws Error, to be tried again by another worker, as soon as its own one stops.
 */
export async function watchJobs(deps: ActivityDeps, request: WatchRequest): Promise<WatchEnd> {
  const before = (activityInfo().heartbeatDetails as WatchState | undefined) ?? request.state;
  const watcher = new Watcher(request, async () => (await keboolaOf(deps, request)).jobs(), before, {
    nowMs: Date.now(),
    tickMs: 0,
  });
  const beat = (): void => heartbeat(watcher.state);
  // Who looks on sees at once that a worker has it.
  beat();
  const beats = setInterval(beat, BEAT_MS);
  let hasEnded = false;
  const check = (): void => {
    cancellationSignal().throwIfAborted();
    if (hasEnded || deps.isStopping?.()) throw new Error('The worker stops; another one goes on');
  };
  try {
    // A request that is under way may take longer than a worker has.
    return await Promise.race([watch(watcher, request, check), untilThrown(check)]);
  } finally {
    hasEnded = true;
    clearInterval(beats);
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
async function watch(watcher: Watcher, request: WatchRequest, check: () => void): Promise<WatchEnd> {
  const startedMs = performance.now();
  let [askedMs, lookedMs, busyMs] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, startedMs];
  let inFlight: InFlight[] = [];
  for (let nowMs = startedMs; nowMs - startedMs < WATCH_MS_MAX; nowMs = performance.now()) {
    if (nowMs - askedMs >= IN_FLIGHT_EVERY_MS) {
      inFlight = await youngestInFlight(request, COUNTED_MAX);
      askedMs = nowMs;
    }
    const tick = tickMs(inFlight.map(({ startMs }) => Date.now() - startMs));
    if (tick !== undefined) busyMs = nowMs;
    if (nowMs - busyMs >= IDLE_MS_MAX) return {};
    if (tick !== undefined && nowMs - lookedMs >= tick) {
      await watcher.tick(inFlight, { nowMs: Date.now(), tickMs: tick });
      lookedMs = nowMs;
    }
    watcher.tellIfUnhealthy(Date.now());
    check();
    await sleep(NAP_MS);
  }
  return { state: watcher.state };
}
