import { log } from '@temporalio/activity';
import { watchStateGuard } from '../../job/carried/watch-guard.js';
import type { WatchState } from '../../job/watch/watch-request.js';

/**
 * What the watch before has told last. A worker of another version may have told something else: then nothing is known of it
 * but that workflows rely on it, and go on to do so until all workers have heard that they may not.
 *
 * @param details of its latest heartbeat; undefined where there was none.
 * @param nowMs our clock.
 */
export function stateBefore(details: unknown, nowMs: number): WatchState | undefined {
  if (details === undefined) return undefined;
  const problem = watchStateGuard(details, '');
  if (problem === undefined) return details as WatchState;
  log.warn('What the watch before has told last cannot be used', { problem });
  return { cursorMs: nowMs, health: {}, isHealthy: false, owes: true };
}
