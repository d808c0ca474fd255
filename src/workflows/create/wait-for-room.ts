import { isCancellation } from '@temporalio/workflow';
import type { RoomAnswer } from '../../job/creation.js';
import { findRoom } from '../activities.js';
import type { RoomFor } from './creation.js';
import { reasonOf } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { goOnIfLong, restBeforeCreating } from '../wait/rest.js';

const DELAY_MS_MIN = 2_000;
const DELAY_MS_MAX = 60_000;

/** Waits until the project may run one more job. It may be full for days; that is no fault, and nothing is given up for it. */
export async function waitForRoom(life: JobLife, room: RoomFor): Promise<void> {
  const { queuedSinceMs } = life.state.budgets;
  for (;;) {
    await goOnIfLong(life);
    const answer = await askForRoom(room);
    if (answer.kind === 'room') return;
    const step = Math.min(DELAY_MS_MAX, Math.max(DELAY_MS_MIN, 0.1 * (life.time.now() - queuedSinceMs)));
    const deferredMs = answer.kind === 'no-answer' ? answer.deferredMs : undefined;
    const delayMs = deferredMs ?? Math.round(step * (1 + 0.25 * Math.random()));
    const why =
      answer.kind === 'full' ? `The project is full: ${answer.running} of ${answer.limit} jobs run` : answer.message;
    life.note(`${why}. Asking again in ${Math.round(delayMs / 1_000)} s`);
    await restBeforeCreating(life, delayMs, 'Wait for room in the project');
  }
}

async function askForRoom(room: RoomFor): Promise<RoomAnswer> {
  try {
    return await findRoom(room);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { kind: 'no-answer', message: reasonOf(error) };
  }
}
