import { activityInfo, getClient, heartbeat } from '@temporalio/activity';
import { ActivityCancelledError, ActivityPausedError, ActivityResetError } from '@temporalio/client';
import { SENDING } from '../../job/create/sending.js';
import { BEAT_MS } from '../../job/times/heartbeats.js';

/** A process that slept while it wrote the mark may long have been given up. */
const STALE_MS = 5_000;
/** The first heartbeat after the mark must come within ten seconds of the activity's start, and `BEAT_MS` may pass before it. */
const LATE_MS = 4_000;

/**
 * Runs the one step that must never be repeated blindly, under a mark that Temporal keeps: an activity that times out
 * without the mark has provably not sent, one with it may have.
 *
 * The mark is awaited, so it is durable before the first byte leaves. A worker that was given up meanwhile is told so
 * by the mark itself, or by the time that it took, and then does not send.
 *
 * @param startedMs when the activity began, on the steady clock (`performance.now()`).
 * @returns undefined when the step was not taken.
 */
export async function whileSending<T>(startedMs: number, step: () => Promise<T>): Promise<T | undefined> {
  const before = clocks();
  if (!(await mark())) return undefined;
  const after = clocks();
  if (after.wallMs - before.wallMs > STALE_MS || after.steadyMs - before.steadyMs > STALE_MS) return undefined;
  // Most creations are answered before the next heartbeat is due, and each one costs the server a write.
  if (after.steadyMs - startedMs > LATE_MS) keepAlive();
  const repeat = setInterval(keepAlive, BEAT_MS);
  try {
    return await step();
  } finally {
    clearInterval(repeat);
  }
}

/** The steady clock stands still while a machine sleeps, the other one may be set; either tells of a stall. */
function clocks(): { wallMs: number; steadyMs: number } {
  return { wallMs: Date.now(), steadyMs: performance.now() };
}

/**
 * The worker's own core times an activity out by heartbeats that went through it, and then drops its result. Until the
 * mark stands none may be sent: they are delayed, and one without the mark could overwrite it.
 */
function keepAlive(): void {
  heartbeat(SENDING);
  void mark();
}

/** @returns whether Temporal took it. A pause, a reset or a cancellation comes as an error of a mark that was taken. */
async function mark(): Promise<boolean> {
  try {
    await getClient().activity.heartbeat(activityInfo().taskToken, SENDING);
    return true;
  } catch (error) {
    return [ActivityCancelledError, ActivityPausedError, ActivityResetError].some((type) => error instanceof type);
  }
}
