import type { SearchAnswer } from '../../job/remote-steps.js';
import { placeOf } from '../../job/run-plan.js';
import { searchJob } from '../activities.js';
import type { JobLife } from '../job-life.js';
import { orNoAnswer } from '../or-no-answer.js';

/** Searches once for the jobs that a creation with this run id has made, by what of it nobody else has sent. */
export function searchSent({ plan, sentSinceMs }: JobLife, runId: string): Promise<SearchAnswer> {
  const { component, config, byCall, fencedByVariable } = plan;
  const recognised = byCall ? {} : { component, ...(config !== undefined && { config }) };
  return orNoAnswer(() =>
    searchJob({ ...placeOf(plan), runId, ...recognised, sentSinceMs, ...(fencedByVariable && { fencedByVariable }) }),
  );
}
