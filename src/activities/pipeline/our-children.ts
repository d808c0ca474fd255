import { activityInfo } from '@temporalio/activity';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { describeWorkflow } from '../../temporal/look.js';

type Parent = { [Id in 'workflowId' | 'runId']?: string | null } | undefined;

/**
 * Whether a workflow is a child of ours. `before`: its parent is another pipeline that had our id before us. `perhaps`:
 * we were reset or continued as new, and the server does not report first runs or has forgotten that run, so only the
 * id of the parent is known.
 */
export type Ours = 'yes' | 'perhaps' | 'before' | 'no';

/**
 * Tells from a workflow's parent whether the calling workflow has started it, in any of its runs. Another workflow may
 * have had the caller's id before: runs belong together if they share the same first run. Each parent run is looked up
 * only once, because many children share a handful of parents, namely the abandoned runs.
 */
export function oursBy(client: Client, ourFirstRunId: string): (parent: Parent) => Promise<Ours> {
  const known = new Map<string, Promise<Ours>>();
  return async (parent) => {
    const { workflowId, runId } = parent ?? {};
    const asking = activityInfo().workflowExecution;
    if (!workflowId || workflowId !== asking?.workflowId) return 'no';
    if (runId === ourFirstRunId) return 'yes';
    // The caller is in its first run, so it has no earlier run, whatever the server has forgotten.
    if (runId && asking.runId === ourFirstRunId) return 'before';
    const ours = known.get(runId ?? '') ?? isOurs(client, workflowId, runId ?? undefined, ourFirstRunId);
    known.set(runId ?? '', ours);
    return await ours;
  };
}

async function isOurs(client: Client, workflowId: string, runId: string | undefined, ours: string): Promise<Ours> {
  const first = await firstRunOf(client, workflowId, runId);
  if (first === undefined) return 'perhaps';
  return first === ours ? 'yes' : 'before';
}

/** @returns undefined if the server does not report first runs, or has forgotten that run. */
export async function firstRunOf(
  client: Client,
  workflowId: string,
  runId: string | undefined,
): Promise<string | undefined> {
  try {
    const { raw } = await describeWorkflow(client, workflowId, runId);
    return raw.workflowExecutionInfo?.firstRunId || undefined;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
