import { activityInfo, getClient } from '@temporalio/activity';
import type { WatchRequest } from '../../job/watch/watch-request.js';
import { within } from '../within.js';
import type { ActivityDeps } from '../deps.js';
import { describeWatcher } from './describe-watcher.js';
import { canBeMapped } from './in-flight.js';
import { watchesMax } from './watch-room.js';

/** Short, because a person waits for the answer. */
const LOOK_MS_MAX = 5_000;

/** Tells people whether a project that should be watched is. Any obstacle to that lies with Temporal, never Keboola. */
export async function watchText(deps: Pick<ActivityDeps, 'activitySlots'>, request: WatchRequest): Promise<string> {
  try {
    const late = `Temporal has not answered within ${LOOK_MS_MAX / 1_000} s`;
    return await within(LOOK_MS_MAX, late, textOf(deps, request));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `perhaps not watched: Temporal could not be asked for its watcher (${reason})`;
  }
}

async function textOf(deps: Pick<ActivityDeps, 'activitySlots'>, request: WatchRequest): Promise<string> {
  const { taskQueue } = activityInfo();
  const client = getClient();
  if (!(await canBeMapped(client, taskQueue, request))) {
    return 'not watched: Temporal does not list workflows by our search attributes';
  }
  const { isOpen, isHealthy, rests } = await describeWatcher(client, taskQueue, request);
  if (isOpen && isHealthy) return 'watched';
  if (watchesMax(deps) === 0) {
    return (
      'not watched by this worker: it runs one activity at a time, and a watch would occupy that slot ' +
      '(raise --max-concurrent-activities)'
    );
  }
  if (isOpen && rests) {
    return 'not watched: with so few running jobs, reading each one costs less than listing them';
  }
  return isOpen
    ? "not watched: Keboola's job list has not recently shown one of our jobs ending"
    : 'not watched: no job is under way';
}
