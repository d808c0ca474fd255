import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { tsToMs } from '@temporalio/common/lib/time.js';
import type { JobSnapshot } from '../../job/messages.js';

/** The activities that move files of any size; their heartbeats tell how far they have come. */
const MOVING: readonly unknown[] = ['uploadFile', 'downloadFile'];

/** As Temporal's protocol counts the states of activities on which an attempt works: started, or asked to stop or to pause. */
const WORKED_ON: readonly unknown[] = [2, 3, 5];

export interface MovedBytes {
  /** That were read: of its source by an upload, whose latest parts are still on their way, and as they are stored by a download. */
  bytes: number;
  /** Since the file was begun. */
  bytesPerSecond: number;
}

/** What can be seen of a job from outside. */
export interface SeenJob extends JobSnapshot {
  /** How far the file has come that a worker moves. The workflow cannot tell it. */
  moved?: MovedBytes;
}

/**
 * How far the file of a workflow has come, as the latest heartbeat has it: a workflow cannot read those of its activities.
 *
 * @returns undefined where none is on its way; no bytes where its present attempt has told none yet, or they cannot be read.
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
  // What the attempt before has told is no longer true.
  if (elapsedMs <= 0) return {};
  const [told] = await decodeArrayFromPayloads(client.options.loadedDataConverter, heartbeatDetails?.payloads).catch(
    () => [],
  );
  const { bytes } = (told ?? {}) as { bytes?: unknown };
  if (typeof bytes !== 'number') return {};
  return { bytes: { bytes, bytesPerSecond: Math.round((bytes / elapsedMs) * 1_000) } };
}
