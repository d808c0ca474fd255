import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { tsToMs } from '@temporalio/common/lib/time.js';
import { watcherId, type WatchRequest, type WatchState } from '../../job/watch/watch-request.js';

/** What Temporal reports about a watcher. */
export interface WatcherSeen {
  isOpen: boolean;
  /** The watcher has closed by itself: nothing was left to watch. */
  isDone: boolean;
  /** According to its latest heartbeat. */
  isHealthy: boolean;
  /** The watcher is not healthy, because too few jobs would rely on it. */
  rests: boolean;
  /** The time of its latest heartbeat, by the server's clock, epoch milliseconds. */
  beat: number | undefined;
}

const NO_WATCHER: WatcherSeen = { isOpen: false, isDone: false, isHealthy: false, rests: false, beat: undefined };

/** @throws what Temporal answers. */
export async function describeWatcher(client: Client, taskQueue: string, request: WatchRequest): Promise<WatcherSeen> {
  try {
    const { raw, status } = await client.workflow.getHandle(watcherId(taskQueue, request)).describe();
    const [pending] = raw.pendingActivities ?? [];
    const { payloads } = pending?.heartbeatDetails ?? {};
    const [told] = await decodeArrayFromPayloads(client.options.loadedDataConverter, payloads);
    const state = told as Partial<WatchState> | undefined;
    return {
      isOpen: status.name === 'RUNNING',
      isDone: status.name === 'COMPLETED',
      isHealthy: state?.isHealthy === true,
      rests: state?.rests === true,
      beat: pending?.lastHeartbeatTime ? tsToMs(pending.lastHeartbeatTime) : undefined,
    };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return NO_WATCHER;
    throw error;
  }
}
