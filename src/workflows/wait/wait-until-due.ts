import { endWasTold } from '../../job/life/nudges.js';
import { announceLook, lookIsDue } from '../../job/life/showing.js';
import { isLong } from '../continue-as-new.js';
import type { JobLife } from '../job-life.js';
import type { Wait } from './next-wait.js';

/** A nudged look comes this long after the rest began at the earliest: a storm of nudges makes one read per second. */
const NUDGED_READ_MS_MIN = 1_000;

/**
 * Waits until the next read is due: until the delay is over, somebody nudges, or the job's time is up. One that relies on
 * being told of the end is over once it may not do so any more.
 */
export async function waitUntilDue(life: JobLife, { delayMs, mayRely }: Wait): Promise<void> {
  if (isLong(life)) await life.continueAsNew();
  const { state, time } = life;
  const startedMs = time.now();
  const dueMs = startedMs + delayMs;
  announceLook(state, dueMs, mayRely !== undefined);
  await life.rests.until(dueMs, {
    wakers: ['nudge', 'timeouts'],
    isOver: () => state.nudged || mayRely?.() === false,
    summary: `Look again after ${delayMs / 1_000} s`,
  });
  const restedMs = time.now() - startedMs;
  if (state.nudged && restedMs < NUDGED_READ_MS_MIN) {
    await time.sleep(NUDGED_READ_MS_MIN - restedMs, { summary: 'Look again, as asked for' });
  }
  // Also where the wait did not rely on it: who has told of the end will not tell of it again.
  if (life.nudges.take()) endWasTold(state);
  lookIsDue(state);
}
