import type { RunPlan } from '../run-plan.js';
import type { SearchRequest } from './creation.js';

/** How a job can be told from others, by how its plan has it come to be. What is recorded in histories is the plan itself. */
type HowMade = Pick<RunPlan, 'attached' | 'byCall' | 'unfenced' | 'fencedByVariable' | 'system'>;

/**
 * Whether the run id that we send stands above that of the job: not where it was started elsewhere, and not where another
 * one is sent.
 */
export function liesBelowSentRunId({
  attached,
  unfenced,
  fencedByVariable,
}: Pick<HowMade, 'attached' | 'unfenced' | 'fencedByVariable'>): boolean {
  return !attached && !unfenced && !fencedByVariable;
}

/**
 * Whether a run id elsewhere shows that the job was not made as planned: a call may ignore the run id that came with it, and
 * Storage keeps it as it is.
 */
export function mustLieBelowSentRunId(plan: HowMade): boolean {
  return liesBelowSentRunId(plan) && !plan.byCall && plan.system === undefined;
}

/** Whether `searchRequestOf` finds the jobs of its creations, and none but those; Storage has a search of its own. */
export function canBeSearchedFor({ unfenced, system }: Pick<HowMade, 'unfenced' | 'system'>): boolean {
  return !unfenced && system === undefined;
}

/** What of a search is known from the plan: by what of a creation with this run id nobody else has sent. */
export function searchRequestOf(plan: RunPlan, runId: string): Omit<SearchRequest, 'sentSinceMs'> {
  const { connection, project, component, config, byCall, fencedByVariable } = plan;
  return {
    connection,
    project: project.id,
    runId,
    ...(!byCall && { component, ...(config !== undefined && { config }) }),
    ...(fencedByVariable && { fencedByVariable }),
  };
}
