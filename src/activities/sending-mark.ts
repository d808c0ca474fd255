import { activityInfo, getClient } from '@temporalio/activity';
import { ActivityCancelledError, ActivityPausedError, ActivityResetError } from '@temporalio/client';
import { SENDING } from '../job/sending.js';

/** Well within the heartbeat timeout of ten seconds. */
const REPEAT_MS = 3_000;
/** A process that slept between the mark and the POST may long have been given up. */
const STALE_MS = 5_000;

/**
 * Runs the one step that must never be repeated blindly, under a mark that Temporal keeps: an activity that times out
 * without the mark has provably not sent, one with it may have.
 *
 * The mark is awaited, so it is durable before the first byte leaves. A worker that was given up meanwhile is told so
 * by the mark itself, and then does not send.
 *
 * @returns undefined when the step was not taken.
 */
export async function whileSending<T>(step: () => Promise<T>): Promise<T | undefined> {
  if (!(await mark())) return undefined;
  const markedMs = performance.now();
  const repeat = setInterval(() => void mark(), REPEAT_MS);
  try {
    return performance.now() - markedMs > STALE_MS ? undefined : await step();
  } finally {
    clearInterval(repeat);
  }
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
