import { log } from '@temporalio/activity';
import { watchStateGuard } from '../../job/carried/watch-guard.js';
import type { WatchState } from '../../job/watch/watch-request.js';

/**
 * The last state that the previous watch reported. A worker of another version may have reported it in another form.
 * Then all that is known is that workflows rely on that watch, and will do so until every worker knows that it is not
 * reliable.
 *
 * @param details of its latest heartbeat; undefined if there was none.
 * @param nowMs our clock.
 */
export function stateBefore(details: unknown, nowMs: number): WatchState | undefined {
  if (details === undefined) return undefined;
  const problem = watchStateGuard(details, '');
  if (problem === undefined) return details as WatchState;
  log.warn('The last state of the previous watch cannot be used', { problem });
  return { cursorMs: nowMs, health: {}, isHealthy: false, owes: true };
}
