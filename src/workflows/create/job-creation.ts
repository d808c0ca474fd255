import type { CreateJobRequest, Unfenced, WhatToCreate } from '../../job/create/creation.js';
import { sentRunId } from '../../job/create/fence.js';
import { fenceOf, searchRequestOf } from '../../job/create/recognition.js';
import { placeOf } from '../../job/run-plan.js';
import { createJob, searchJob } from '../activities.js';
import { wasReset } from '../reset/is-reset.js';
import type { JobLife } from '../job-life.js';
import type { Creation } from './creation-attempt.js';
import { LaterId } from './later-id.js';
import { traceOf } from './trace-of.js';
import { unfencedCreation } from './unfenced-creation.js';

/** How a component's job is created, by its configuration or by another call. */
export function jobCreation(life: JobLife, what: WhatToCreate): Creation {
  const { plan, state, sentSinceMs } = life;
  const runId = sentRunId(plan.parentRunId, state);
  const below = plan.parentRunId === undefined ? {} : { parentRunId: plan.parentRunId };
  const place = placeOf(plan);
  const fence = fenceOf(plan);
  if (fence === 'none' && !('call' in what)) return unfencedCreation(life, { ...what, ...place, runId, ...below });
  const byVariable = fence === 'variable' ? { fencedByVariable: true as const } : {};
  const request: CreateJobRequest = { ...what, ...place, runId, ...below, ...byVariable };
  // The empty likeness leaves one criterion: who has claimed the job.
  const claimed: Unfenced = { project: plan.project.id, by: runId, likeness: {}, ...below };
  const formerly = wasReset(state) && !('call' in what) ? { formerly: claimed } : {};
  const later = new LaterId(life);
  return {
    runId,
    trace: traceOf(plan, runId),
    summary: `Create the job under run id ${runId}`,
    post: async (origin, summary) => {
      try {
        return await createJob.executeWithOptions({ summary }, [{ request, ...origin }]);
      } finally {
        later.sent();
      }
    },
    comeFurther: () => later.draw(),
    search: () => searchJob({ ...searchRequestOf(plan, runId), ...formerly, sentSinceMs, ...later.known }),
    ...(plan.projectLimit !== undefined && { capacity: { ...place, runId, ...below } }),
  };
}
