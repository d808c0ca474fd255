import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { tsToMs } from '@temporalio/common/lib/time.js';
import type { JobSnapshot } from '../../job/messages.js';

/** The activities that move files of any size; their heartbeats tell how far they have come. */
const MOVING: readonly unknown[] = ['uploadFile', 'downloadFile'];

/** Temporal's `PendingActivityState` while an attempt runs: STARTED (2), CANCEL_REQUESTED (3), PAUSE_REQUESTED (5). */
const WORKED_ON: readonly unknown[] = [2, 3, 5];

export interface MovedBytes {
  /**
   * Bytes read so far: an upload counts those read from its source (the latest parts are still in flight), a download
   * those read as they are stored, i.e. still compressed if the stored file is.
   */
  bytes: number;
  /** The average since the present attempt started. */
  bytesPerSecond: number;
}

/** What can be seen of a job from outside. */
export interface SeenJob extends JobSnapshot {
  /** How far a worker is with moving the file. Only the heartbeats of the activity tell, not the workflow. */
  moved?: MovedBytes;
}

/**
 * How far the file of a workflow is, by the latest heartbeat; a workflow cannot read the heartbeats of its activities.
 *
 * @returns undefined if no file is being moved; no `bytes` if the present attempt has reported none yet, or they cannot
 *   be decoded.
 */
export async function movedOf(
  client: Client,
  { raw }: Pick<WorkflowExecutionDescription, 'raw'>,
): Promise<{ bytes?: MovedBytes } | undefined> {
  const moving = raw.pendingActivities?.find(({ activityType }) => MOVING.includes(activityType?.name));
  if (!moving) return undefined;
  const { state, heartbeatDetails, lastHeartbeatTime, lastStartedTime } = moving;
  // Between two attempts nothing moves.
  if (!WORKED_ON.includes(state)) return {};
  if (!lastHeartbeatTime || !lastStartedTime) return {};
  const elapsedMs = tsToMs(lastHeartbeatTime) - tsToMs(lastStartedTime);
  // The heartbeat is from the attempt before and no longer true.
  if (elapsedMs <= 0) return {};
  const [told] = await decodeArrayFromPayloads(client.options.loadedDataConverter, heartbeatDetails?.payloads).catch(
    () => [],
  );
  const { bytes } = (told ?? {}) as { bytes?: unknown };
  if (typeof bytes !== 'number') return {};
  return { bytes: { bytes, bytesPerSecond: Math.round((bytes / elapsedMs) * 1_000) } };
}
