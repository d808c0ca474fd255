import { activityInfo, getClient, heartbeat } from '@temporalio/activity';
import { ActivityCancelledError, ActivityPausedError, ActivityResetError } from '@temporalio/client';
import { SENDING } from '../../job/create/sending.js';
import { BEAT_MS } from '../../job/times/heartbeats.js';

/** If the process slept while it wrote the mark, Temporal may have given the activity up long ago. */
const STALE_MS = 5_000;
/**
 * The worker's core gives an activity up 15 s after its start unless a heartbeat has gone through it, and the mark does
 * not. By itself the first one comes `BEAT_MS` after the mark; if the mark was later than this, one is sent at once.
 */
const LATE_MS = 1_000;

/**
 * Runs the one step that must never be repeated blindly, under a mark that Temporal keeps. An activity that times out
 * without the mark has provably sent nothing; one that times out with it may have sent.
 *
 * The mark is awaited, so it is durable before the first byte leaves. If Temporal has given this attempt up meanwhile,
 * the answer to the mark, or the time it took, shows that, and nothing is sent.
 *
 * @param startedMs when the activity began, on the steady clock (`performance.now()`).
 * @returns undefined if the step was not taken.
 */
export async function whileSending<T>(startedMs: number, step: () => Promise<T>): Promise<T | undefined> {
  const before = clocks();
  if (!(await mark())) return undefined;
  const after = clocks();
  if (after.wallMs - before.wallMs > STALE_MS || after.steadyMs - before.steadyMs > STALE_MS) return undefined;
  // Keboola answers most creations before the next heartbeat is due, and each heartbeat costs Temporal a write.
  if (after.steadyMs - startedMs > LATE_MS) keepAlive();
  const repeat = setInterval(keepAlive, BEAT_MS);
  try {
    return await step();
  } finally {
    clearInterval(repeat);
  }
}

/** The steady clock stands still while a machine sleeps, and the wall clock may be set; either can reveal a stall. */
function clocks(): { wallMs: number; steadyMs: number } {
  return { wallMs: Date.now(), steadyMs: performance.now() };
}

/**
 * The SDK's core times an activity out by the heartbeats that went through it, and then drops its result. None may be
 * sent before the mark is written: core delays heartbeats, and a late one without the mark could overwrite it.
 */
function keepAlive(): void {
  heartbeat(SENDING);
  void mark();
}

/** @returns whether Temporal took the mark; if it did, a pause, a reset or a cancellation still comes as an error. */
async function mark(): Promise<boolean> {
  try {
    await getClient().activity.heartbeat(activityInfo().taskToken, SENDING);
    return true;
  } catch (error) {
    return [ActivityCancelledError, ActivityPausedError, ActivityResetError].some((type) => error instanceof type);
  }
}
