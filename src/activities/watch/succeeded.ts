import { activityInfo, getClient, log } from '@temporalio/activity';
import type { WatchRequest } from '../../job/watch/watch-request.js';
import type { ActivityDeps } from '../deps.js';
import { describeWatcher } from './describe-watcher.js';

/**
 * Whether the watch of a worker of an older version, which had one per connection, is needed no more, since one of the project
 * may be relied on: two ask for twice as much, and whoever relies on the older one is told by that one, too.
 */
export async function isSucceeded({ connections }: ActivityDeps, request: WatchRequest): Promise<boolean> {
  const stack = connections.find(request.connection)?.connection.stack;
  if (request.stack !== undefined || stack === undefined) return false;
  try {
    const { isOpen, isHealthy } = await describeWatcher(getClient(), activityInfo().taskQueue, { ...request, stack });
    return isOpen && isHealthy;
  } catch (error) {
    log.debug('Whether another watch has taken the place of this one could not be asked', { error });
    return false;
  }
}
