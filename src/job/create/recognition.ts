import type { CreateFence } from '../input.js';
import type { RunPlan } from '../run-plan.js';
import type { SearchRequest } from './creation.js';

/** How the job is created, which decides how it can be told from others. */
type HowMade = Pick<RunPlan, 'made'>;

/**
 * Whether the job's run id lies below the one that we send. It does not if the fence is another one, or if the job is
 * not created by us.
 */
export function liesBelowSentRunId({ made }: HowMade): boolean {
  return made.by === 'run' ? made.fence === 'run-id' : made.by !== 'others';
}

/**
 * Whether a run id that lies elsewhere proves that the job was not made as planned. It proves nothing for other jobs: a
 * component's own call may ignore the run id sent with it, and Storage keeps the run id unchanged.
 */
export function mustLieBelowSentRunId({ made }: HowMade): boolean {
  return made.by === 'run' && made.fence === 'run-id';
}

/** Whether `searchRequestOf` finds the jobs of its creations and no others. Storage has a search of its own. */
export function canBeSearchedFor({ made }: HowMade): boolean {
  return made.by === 'run' ? made.fence !== 'none' : made.by === 'call';
}

/** The part of a search that follows from the plan: what only a creation with this run id has sent. */
export function searchRequestOf(plan: RunPlan, runId: string): Omit<SearchRequest, 'sentSinceMs'> {
  const { connection, project, component, config, made } = plan;
  return {
    connection,
    project: project.id,
    runId,
    ...(made.by !== 'call' && { component, ...(config !== undefined && { config }) }),
    ...(fenceOf(plan) === 'variable' && { fencedByVariable: true }),
  };
}

/** The fence that a component's run carries; undefined for any other job. */
export function fenceOf({ made }: HowMade): CreateFence | undefined {
  return made.by === 'run' ? made.fence : undefined;
}
