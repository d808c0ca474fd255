import type { CreateFence } from '../input.js';
import type { RunPlan } from '../run-plan.js';
import type { SearchRequest } from './creation.js';

/** How a job can be told from others, by how it comes about. */
type Making = Pick<RunPlan, 'made'>;

/** Whether the run id that we send stands above that of the job: not where another one is sent, or none by us. */
export function liesBelowSentRunId({ made }: Making): boolean {
  return made.by === 'run' ? made.fence === 'run-id' : made.by !== 'others';
}

/**
 * Whether a run id elsewhere shows that the job was not made as planned: a call may ignore the run id that came with it, and
 * Storage keeps it as it is.
 */
export function mustLieBelowSentRunId({ made }: Making): boolean {
  return made.by === 'run' && made.fence === 'run-id';
}

/** Whether `searchRequestOf` finds the jobs of its creations, and none but those; Storage has a search of its own. */
export function canBeSearchedFor({ made }: Making): boolean {
  return made.by === 'run' ? made.fence !== 'none' : made.by === 'call';
}

/** What of a search is known from the plan: by what of a creation with this run id nobody else has sent. */
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

/** What of ours a run of a component carries; undefined of any other job. */
export function fenceOf({ made }: Making): CreateFence | undefined {
  return made.by === 'run' ? made.fence : undefined;
}
