import { activityInfo } from '@temporalio/activity';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { describeWorkflow } from '../../temporal/look.js';

type Parent = { [Id in 'workflowId' | 'runId']?: string | null } | undefined;

/**
 * What is known of whose child a workflow is: `before` of a pipeline that had our id before us. To one that was reset, or goes on
 * in a new run, a server that does not tell, or has forgotten a run, leaves the id: `perhaps`.
 */
export type Ours = 'yes' | 'perhaps' | 'before' | 'no';

/**
 * Tells of workflows, by their parents, whether the workflow that asks has started them, in whatever run. Another one may
 * have had its id before: runs belong together when they go back to the same first one. Each run is looked at once: many
 * children have a handful of parents between them, the runs that were given up.
 */
export function oursBy(client: Client, ourFirstRunId: string): (parent: Parent) => Promise<Ours> {
  const known = new Map<string, Promise<Ours>>();
  return async (parent) => {
    const { workflowId, runId } = parent ?? {};
    const asking = activityInfo().workflowExecution;
    if (!workflowId || workflowId !== asking?.workflowId) return 'no';
    if (runId === ourFirstRunId) return 'yes';
    // The first of its runs has no other of its own before it, whatever the server has forgotten.
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

/** @returns undefined where a server does not tell, or has forgotten that run. */
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
