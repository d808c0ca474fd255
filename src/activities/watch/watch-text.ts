import { activityInfo, getClient } from '@temporalio/activity';
import type { WatchRequest } from '../../job/watch/watch-request.js';
import { describeWatcher } from './describe-watcher.js';
import { canBeMapped } from './in-flight.js';

/** For people: whether a project that is to be watched is. */
export async function watchText(request: WatchRequest): Promise<string> {
  const { taskQueue } = activityInfo();
  const client = getClient();
  if (!(await canBeMapped(client, taskQueue, request))) {
    return 'not watched: Temporal does not list workflows by our search attributes';
  }
  const { isOpen, isHealthy } = await describeWatcher(client, taskQueue, request);
  if (!isOpen) return 'not watched: no job is under way';
  return isHealthy ? 'watched' : 'not watched: its list has not shown the end of a job of ours lately';
}
