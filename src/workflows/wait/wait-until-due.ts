import { endWasTold } from '../../job/life/nudges.js';
import { announceLook, lookIsDue } from '../../job/life/showing.js';
import type { JobLife } from '../job-life.js';
import type { Wait } from './next-wait.js';

/** A nudged look comes at the earliest this long after the wait began: a storm of nudges makes one read per second. */
const NUDGED_READ_MS_MIN = 1_000;

/**
 * Waits until the next read is due: until the delay is over, somebody nudges, or the job's time is up. A wait that
 * relies on a watcher to report the end is over once it may no longer do so.
 */
export function waitUntilDue(life: JobLife, { delayMs, mayRely }: Wait): Promise<void> {
  const { state, time } = life;
  const startedMs = time.now();
  const dueMs = startedMs + delayMs;
  announceLook(state, dueMs, mayRely !== undefined);
  const rest = life.rests.until(dueMs, {
    wakers: ['nudge', 'timeouts'],
    isOver: () => state.nudged || mayRely?.() === false,
    summary: `Look again after ${delayMs / 1_000} s`,
  });
  return rest.then((): Promise<void> | undefined => {
    const leftMs = NUDGED_READ_MS_MIN - (time.now() - startedMs);
    if (state.nudged && leftMs > 0) {
      return time.sleep(leftMs, { summary: 'Look again, as asked for' }).then(() => lookNow(life));
    }
    lookNow(life);
    return undefined;
  });
}

function lookNow({ nudges, state }: JobLife): void {
  // Also if the wait did not rely on it: whoever has reported the end will not report it again.
  if (nudges.take()) endWasTold(state);
  lookIsDue(state);
}
