import { heartbeat } from '@temporalio/activity';
import { BEAT_MS } from '../job/times/heartbeats.js';

/**
 * Sends a heartbeat every few seconds while an activity runs. If its worker is lost, Temporal retries the activity
 * within seconds, however long it may run.
 *
 * @param details returns the progress that each heartbeat carries.
 */
export async function withHeartbeat<T>(work: () => Promise<T>, details?: () => unknown): Promise<T> {
  const beats = setInterval(() => heartbeat(details?.()), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beats);
  }
}
