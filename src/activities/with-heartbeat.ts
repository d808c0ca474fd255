import { heartbeat } from '@temporalio/activity';
import { BEAT_MS } from '../job/times/heartbeats.js';

/**
 * Tells Temporal every few seconds that an activity is still worked on, so that one that was lost with its worker is taken
 * again within seconds, however long it may take.
 *
 * @param details what is told of how far it has come.
 */
export async function withHeartbeat<T>(work: () => Promise<T>, details?: () => unknown): Promise<T> {
  const beats = setInterval(() => heartbeat(details?.()), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beats);
  }
}
