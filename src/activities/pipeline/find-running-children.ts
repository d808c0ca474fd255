import { activityInfo, getClient, log } from '@temporalio/activity';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { MAX_PARALLEL_MAX } from '../../job/pipeline/input.js';
import { GRPC, grpcCause } from '../../temporal/grpc-cause.js';
import { listRunningChildren } from '../../temporal/look.js';
import { oursBy } from './our-children.js';

/** More children than a pipeline ever has open. */
const LISTED_MAX = 2 * MAX_PARALLEL_MAX;
const NOT_LISTED = 'This Temporal server cannot list child workflows, so children started before the reset are unknown';

/**
 * Finds the running children that the calling workflow has started, in any of its runs. It leaves out those of which
 * this is not certain, since the caller may stop what it is told. Temporal's list lags by a moment.
 *
 * @param firstRunId of the calling workflow.
 * @returns workflow ids, at most 1,000; none if the server has no such list.
 */
export async function findRunningChildren(firstRunId: string): Promise<string[]> {
  const client = getClient();
  const listed = await listRunning(client);
  const oursOf = oursBy(client, firstRunId);
  const ours = await Promise.all(
    listed.map(async (info) => ((await oursOf(info.parentExecution)) === 'yes' ? [info.workflowId] : [])),
  );
  // A child that continues as new may be listed with both runs for a moment.
  return [...new Set(ours.flat())];
}

async function listRunning(client: Client): Promise<WorkflowExecutionInfo[]> {
  const parent = activityInfo().workflowExecution?.workflowId ?? '';
  const listed: WorkflowExecutionInfo[] = [];
  try {
    for await (const info of listRunningChildren(client, parent, LISTED_MAX)) {
      listed.push(info);
      if (listed.length === LISTED_MAX) break;
    }
  } catch (error) {
    const code = grpcCause(error)?.code;
    if (code !== GRPC.unimplemented && code !== GRPC.invalidArgument) throw error;
    log.warn(NOT_LISTED, { error });
  }
  return listed;
}
